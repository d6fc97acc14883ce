
/* -- fixing a record -- */

// What was typed and not saved yet, by letter: with what it was typed over, so that a save that came
// between is noticed by the desk.
const typed = new Map();
const opened = new Map(); // which are unfolded, by letter
let typing = null; // what has the focus

const isTyped = (fold) => [...fold.querySelectorAll("textarea, input:not([type=hidden])")]
	.some((field) => field.value !== field.defaultValue);
const folds = () => [...one("aside").querySelectorAll("details[data-fix]")];

function keepTyped(id) {
	typing = one("aside").contains(document.activeElement) && document.activeElement.closest(".fixing")
		? document.activeElement : null;
	if (!id)
		return;
	typed.set(id, folds().filter((fold) => fold.matches(".fixing") && isTyped(fold)));
	opened.set(id, folds().filter((fold) => fold.open).map((fold) => fold.dataset.fix));
}

// In place of the new form of the same fact, or, if there is none any more, above all.
function putTyped(id) {
	for (const fold of folds())
		fold.open = opened.get(id)?.includes(fold.dataset.fix) ?? false;
	for (const kept of typed.get(id) ?? []) {
		const same = folds().find((fold) => fold.dataset.fix === kept.dataset.fix &&
			fold.querySelector("label")?.firstChild.data === kept.querySelector("label").firstChild.data);
		if (same)
			same.replaceWith(kept);
		else
			one("#decision").after(kept);
	}
	addCopies();
	if (typing?.isConnected)
		typing.focus({ preventScroll: true });
}

// A place that can be taken to an editor by hand.
function addCopies() {
	for (const place of document.querySelectorAll("aside code:not(.name)")) {
		const words = place.textContent;
		const button = element("button", { type: "button", class: "copy", "aria-label": `Copy ${words}`, title: "Copy" });
		button.addEventListener("click", async () => {
			await navigator.clipboard.writeText(words);
			say(`Copied: ${words}`);
		});
		place.append(button);
	}
}

function unfold(number) {
	const fact = one(`#fact-${number}`), fold = fact?.querySelector(".fixing");
	const around = fact?.parentElement.closest("details");
	if (around)
		around.open = true;
	if (fold)
		fold.open = true;
	fact?.scrollIntoView({ block: "nearest" });
	fold?.querySelector("textarea").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
	const link = event.target.closest("a[data-fact]");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey)
		return;
	event.preventDefault();
	unfold(link.dataset.fact);
});

const fixed = { edit: "Saved into the record", confirm: "Confirmed", undo: "As it was before", open: "Opened in the editor" };

// What was refused stays as it was typed.
document.addEventListener("submit", async (event) => {
	const form = event.target, { id } = view;
	if (!form.matches(".fix"))
		return;
	event.preventDefault();
	const answer = await ask(form.action, { method: "POST", redirect: "manual", body: new URLSearchParams(new FormData(form)) });
	if (!answer)
		return;
	const good = answer.type === "opaqueredirect", fold = form.closest("details");
	if (!good) {
		sayOfNext(sentenceOf(await pageOf(answer)), true);
		return;
	}
	const what = /([a-z]+)\/[^/]*$/u.exec(form.action)[1];
	if (fold) {
		form.reset();
		fold.open = false;
	}
	sayOfNext(`${fixed[what]}: ${id}`);
	if (what !== "open")
		show();
});

addCopies();
