// letter.js - the chosen letter, put in place of the one before it; the focus, and pictures as sharp as the screen.

// Whether the chosen letter stands there with all its pictures. Whether it is still like that is the
// desk's to say: each button carries which letter was shown.
const stands = () => one("main").dataset.id === view.id &&
	[...document.querySelectorAll("#pages img:not([loading=lazy])")].every((image) => image.complete);

// As it is now. The pictures are there before they are shown, if that takes no second, and in one
// letter the place is kept.
// Several may be under way: an earlier one never replaces a later one.
async function show() {
	const { id, show: wanted, since } = view, turn = ++turns.asked;
	const how = wanted === "now" ? {} : { [wanted]: 1, since };
	const answer = await ask(`part/${encodeURIComponent(id)}?${query(how)}`);
	const late = () => closed || id !== view.id || wanted !== view.show || since !== view.since || turn < turns.placed;
	if (!answer || late())
		return;
	if (answer.status === 404 && id) {
		turns.placed = turn;
		sayGone(id);
		return;
	}
	const part = new DOMParser().parseFromString(
		`<base href="${document.baseURI}">${await answer.text()}`, "text/html");
	const main = document.adoptNode(part.querySelector("main"));
	const side = document.adoptNode(part.querySelector("aside"));
	sharpen(main);
	await drawn(main);
	if (late())
		return;
	turns.placed = turn;
	view.id = main.dataset.id;
	setAlarm(...part.querySelector("#alarm").childNodes);
	place(main, side);
	if (fresh || heard.textContent !== sentence())
		heard.textContent = sentence();
	fresh = false;
	document.title = `${view.id} – Proof desk`;
}

// Its record is gone, perhaps for a moment: what is shown stays, and is no letter to approve.
function sayGone(id) {
	const shown = one("main").dataset.id === id;
	one("main").dataset.id = "";
	one("#decision")?.replaceChildren();
	say(`${id} is not among the letters any more${shown ? ": what you see is how it was" : ""}`, true);
	trueOf = "as long as it is gone";
}

const controls = () => [...document.querySelectorAll(":is(main, aside) :is([data-set], [data-step])")];
const keyOf = ({ dataset }) => dataset.set ?? dataset.step;
const heirs = { approve: "withdraw", withdraw: "approve" };

const drafts = new Map(); // what was written of a letter and not said yet
document.addEventListener("input", ({ target }) => target.id === "words" && drafts.set(one("main").dataset.id, target.value));

let lost = null; // what had the focus and is not there while its letter is looked up

// The focus goes to the same button, or to the one in its place, as soon as there is one.
function place(main, side) {
	const [oldMain, oldSide, focus] = [one("main"), one("aside"), document.activeElement];
	const region = focus.closest("main, aside"), inMessage = message.contains(focus);
	const key = keyOf(focus) ?? (focus === region ? lost : null);
	const { selectionStart, selectionEnd } = focus;
	const [left, top, sideTop] = [oldMain.scrollLeft, oldMain.scrollTop, oldSide.scrollTop];
	keepTyped(oldMain.dataset.id);
	oldMain.dataset.id = main.dataset.id;
	oldMain.replaceChildren(...main.childNodes);
	while (message.nextSibling)
		message.nextSibling.remove();
	oldSide.append(...side.childNodes);
	if (one("#words"))
		one("#words").value = drafts.get(main.dataset.id) ?? "";
	putTyped(main.dataset.id);
	addTools();
	if (trueOf && trueOf !== truth())
		say("");
	trueOf = truth();
	oldMain.scrollTo(fresh ? 0 : left, fresh ? 0 : top);
	oldSide.scrollTop = fresh ? 0 : sideTop;
	if (fresh && scrollY > oldMain.offsetTop)
		oldMain.scrollIntoView();
	const find = (key) => key && controls().find((control) => keyOf(control) === key);
	const control = find(key) ?? find(heirs[key]);
	lost = control ? null : key;
	if (region && !inMessage && !oldSide.contains(document.activeElement))
		(control ?? region).focus({ preventScroll: true });
	if (key === "words" && key === control?.dataset.set)
		control.setSelectionRange(selectionStart, selectionEnd);
}

const SHARP = [144, 216, 288, 432, 576]; // dots per inch that pages are drawn in

// As many dots as the screen has, where a page is as large as it is now.
function dotsPerInch(image) {
	const need = (0.46 * view.zoom * rem() * devicePixelRatio) / (image.getAttribute("width") / 96);
	return SHARP.find((dots) => dots >= need * 0.99) ?? SHARP.at(-1);
}

function putSharper(image, next) {
	if (!image.isConnected)
		return;
	image.replaceWith(next);
	sharpen(document); // it may have grown meanwhile
}

// Pictures that are there stay until sharper ones have come.
function sharpen(part) {
	for (const image of part.querySelectorAll("#pages img")) {
		const dots = dotsPerInch(image), next = part === document ? image.cloneNode() : image;
		if (Number(/r=(\d+)$/u.exec(image.src)[1]) >= dots)
			continue;
		const waits = image.loading === "lazy" && !image.complete; // nobody has seen it yet
		(waits ? image : next).src = image.src.replace(/r=\d+$/u, `r=${dots}`);
		next.loading = next === image || waits ? image.loading : "eager";
		if (next !== image && !waits)
			next.decode().then(() => putSharper(image, next)).catch(() => 0);
	}
}

// A page that could not be drawn gives its place to the words why.
async function sayWhy(image) {
	const answer = await ask(image.src);
	if (answer && !answer.ok)
		image.replaceWith(element("p", { class: "undrawn" }, `${image.alt} could not be drawn: ${await answer.text()}`));
}

// What was found is not kept waiting by a picture that takes long.
const drawn = (part) => Promise.race([
	Promise.all([...part.querySelectorAll("#pages img:not([loading=lazy])")].map((image) => image.decode().catch(() => sayWhy(image)))),
	new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
document.addEventListener("error", ({ target }) => target.matches?.("#pages img[loading=lazy]") && sayWhy(target), true);
addEventListener("beforeprint", () => document.querySelectorAll("#pages img").forEach((image) => { image.loading = "eager"; }));
