// keys.js - what keys and clicks do, and what the desk tells by itself.

function openFilter() {
	one("#fold").checked = true;
	one("#q").focus();
}

let onward = false; // once it is approved, to the next letter

function approve(next) {
	const button = one("[data-set=approve]");
	onward = next;
	if (button)
		button.click();
	else if (next && one("[data-set=withdraw]"))
		move(1);
	else
		say(whyNot(), true);
}

// Why nothing can be approved.
function whyNot() {
	if (one("[data-set=withdraw]"))
		return `You have approved ${view.id} already, as it is`;
	if (view.show === "before")
		return "This is how the letter was: go back to Now, then approve it";
	return one("#approval p")?.textContent || `${view.id} is not among the letters, so it cannot be approved`;
}

function sayWhatIsWrong() {
	if (one("#words"))
		one("#words").focus();
	else
		say(whyNot(), true);
}

const turnPage = (step) => flow().scrollBy({ top: step * 0.85 * flow().clientHeight });
const keys = {
	j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
	"+": () => zoomBy(1), "-": () => zoomBy(-1), 0: zoomHome, w: fitWidth,
	g: toggleGuides, b: () => setShow("before"), c: () => setShow("changes"),
	PageDown: () => turnPage(1), PageUp: () => turnPage(-1), " ": () => turnPage(1), t: toggleWords,
	"/": openFilter, Escape: () => say(""),
	a: () => approve(false), A: () => approve(true), r: sayWhatIsWrong,
};
const listKeys = { Home: () => move(-total), End: () => move(total) };
const scrolling = ["PageDown", "PageUp", " "];

function actOf(event) {
	if (event.key.startsWith("Arrow") && !list.contains(event.target) &&
		(isNarrow() || event.target.closest("main, aside")))
		return undefined; // they scroll
	if (scrolling.includes(event.key) && event.target.closest("aside, button, summary, input"))
		return undefined; // they do what they do there
	if (event.key === " " && event.shiftKey)
		return keys.PageUp;
	const map = Object.hasOwn(keys, event.key) ? keys : list.contains(event.target) ? listKeys : {};
	return Object.hasOwn(map, event.key) ? map[event.key] : undefined;
}

document.addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.altKey || event.metaKey)
		return;
	const field = event.target.closest("input:not([type=checkbox]), textarea, select");
	const act = field ? field.id === "q" && event.key === "Escape" && endSearch : actOf(event);
	if (!act)
		return;
	event.preventDefault();
	act();
});

const sets = { guides: toggleGuides, text: toggleWords, changes: () => setShow("changes"),
	before: () => view.show !== "before" && setShow("before"),
	now: () => view.show !== "now" && setShow("now"),
	main: () => one("main").focus(), say: sayWhatIsWrong, side: () => one("aside").focus(), all: showAll };
document.addEventListener("click", (event) => {
	const link = event.target.closest("a");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey)
		return;
	if (list.contains(link))
		choose(idOf(link), Number(link.parentElement.getAttribute("aria-posinset")) - 1);
	else if (link.dataset.since !== undefined) {
		view.since = link.dataset.since;
		show();
	} else if (link.dataset.step)
		move(Number(link.dataset.step));
	else if (link.dataset.page)
		one(`#page-${link.dataset.page}`).scrollIntoView();
	else if (Object.hasOwn(sets, link.dataset.set ?? ""))
		sets[link.dataset.set]();
	else if (link.dataset.state !== undefined)
		filterBy(one("#q").value, link.dataset.state);
	else if (link.dataset.find !== undefined)
		find(link.dataset.find);
	else
		return;
	event.preventDefault();
});

// From the top, or, with seek, where the chosen letter is.
function filterBy(words, state, seek = false) {
	one("#q").value = words;
	setState(state);
	remember(false);
	if (!seek)
		scroll.scrollTop = 0;
	return renewRows(seek);
}
const find = (words, seek) => filterBy(words, one("#state").value, seek);
const focusList = () => list.querySelector("[tabindex='0']")?.focus({ preventScroll: true });

async function endSearch() {
	await find("", true);
	focusList();
}
function showAll() {
	filterBy("", "", true);
	one("#q").focus();
}
filter.addEventListener("input", () => find(one("#q").value));
filter.addEventListener("submit", async (event) => { // the first that was found
	const words = one("#q").value;
	event.preventDefault();
	await find(words);
	if (words !== one("#q").value)
		return; // others are looked for by now
	if (!total) {
		one("#found p").append(one("#found p").firstChild); // is said again
		return;
	}
	focusList();
	chosen = -1;
	move(1);
});
scroll.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
one("#fold").addEventListener("change", () => {
	bringIntoSight(chosen);
	draw();
});

let unsure = { action: "", next: "" }; // what has to be said twice and was said once, and how it is said again

const done = { approve: (by) => `Approved as ${by}`, withdraw: () => "Withdrawn", reject: (by) => `Rejected as ${by}`,
	comment: (by) => `Commented as ${by}`, answer: (by) => `Answered as ${by}` };

// Approve, withdraw, write: what the answer says is said. What nobody has seen is not approved.
document.addEventListener("submit", async (event) => {
	const form = event.target, { id } = view, by = one(".by b")?.textContent ?? "you";
	if (!form.matches(".act"))
		return;
	event.preventDefault();
	const next = onward;
	onward = false;
	const button = event.submitter ?? form.querySelector("button"), what = button.dataset.set;
	const action = button.hasAttribute("formaction") ? button.formAction : form.action;
	if (what && !stands()) {
		sayOfNext(`${id} was not there yet: look at it, then say it again`, true);
		return;
	}
	const body = new URLSearchParams(new FormData(form));
	const answer = await ask(unsure.action === action ? unsure.next : action, { method: "POST", redirect: "manual", body });
	if (answer?.type === "opaqueredirect" && body.has("text")) {
		drafts.delete(id);
		form.reset();
	}
	if (!answer)
		return;
	const page = answer.type === "opaqueredirect" ? null : await pageOf(answer);
	unsure = answer.status === 428 ? { action, next: page.querySelector("form").action } : { action: "", next: "" };
	if (page)
		sayOfNext(sentenceOf(page), true);
	else if (what && next && id === view.id && chosen < total - 1) {
		await move(1);
		sayOfNext(`${done[what](by)}: ${id}`);
		return;
	} else if (what)
		sayOfNext(`${done[what](by)}: ${id}`);
	show();
});

const pageOf = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const sentenceOf = (page) => (page.querySelector("p") ?? page.body).textContent.trim();

/* -- news -- */

const said = { work: false, words: "" };

function showNews(news) {
	one("#status").textContent = news.status;
	const write = one("#write");
	if (write) {
		write.textContent = news.write;
		write.className = news.primary ? "primary" : "";
		one("#report").hidden = !news.report;
	}
	if (!news.busy && said.work && said.words !== news.status)
		heard.textContent = said.words = news.status;
	said.work = news.busy;
	const progress = one("#progress");
	progress.hidden = !news.busy || news.total <= 0;
	progress.max = Math.max(1, news.total);
	progress.value = news.done;
}

readAddress();
addTools();
adapt();
new ResizeObserver(adapt).observe(one("header")); // of the window, of the text
new ResizeObserver(keepInSight).observe(scroll);
addEventListener("resize", adapt);
renewRows(true);
drawn(document);
const events = new EventSource("events");
events.addEventListener("message", (event) => {
	const news = JSON.parse(event.data), old = seen;
	seen = news;
	showNews(news);
	if (closed || (old ? old.version !== news.version || old.listed !== news.listed : !one("#pages"))) {
		closed = false;
		show();
	}
	if (old?.listed !== news.listed)
		renewRows(!old);
});
events.addEventListener("error", shut);
