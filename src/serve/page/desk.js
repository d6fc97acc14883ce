// desk.js - the desk made quick: the same parts as without a script, fetched and put in place. What all of it shares, what is
// said, the address; list.js, letter.js, tools.js, keys.js and fix.js follow it in one script, joined when it is built.
"use strict";
const WINDOW = 200; // rows that one answer holds
const PATIENCE = 1000; // milliseconds that pictures are waited for
const one = (selector) => document.querySelector(selector);
const list = one("#rows"), scroll = one("#scroll"), filter = one("#filter");
const view = { id: one("main").dataset.id, guides: 0, words: 0, show: "now", since: "", zoom: 100, fit: false };
const turns = { asked: 0, placed: 0 }; // of show()
let fresh = false; // another letter was chosen and does not stand there yet
let rows = new Map(), items = new Map(); // by number; their elements by id
let stood = 0; // the last place of a chosen letter
let total = 0, chosen = -1, asked = new Set(), drawing = 0, known = -1; // known: the drawing that rows are of
let seen = null; // the last event
let closed = false, moved = 0;

document.body.classList.add("live");

function element(name, attributes, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value);
	made.append(...children);
	return made;
}

/* -- what is said -- */

const message = element("p", { id: "message", role: "status" });
one("aside").prepend(message);

// For who hears: the letter that stands there now, and how a run ended. Never what counts up.
const heard = element("p", { id: "heard", role: "status" });
document.body.append(heard);

const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
const countOf = (selector) => document.querySelectorAll(selector).length;

// "kent, 2 pages, 3 notes"; of its changes "1 change".
function sentence() {
	if (view.show === "changes")
		return countOf("#changes ol li") ? counted(countOf("#changes ol li"), "change") : "nothing changed";
	const found = ["error", "warning", "note"].map((kind) => [countOf(`.findings .${kind}`), kind]);
	const facts = countOf("aside .confirm li");
	return [view.id, counted(countOf("#pages :is(img, .undrawn)"), "page"),
		...found.filter(([number]) => number).map(([number, kind]) => counted(number, kind)),
		...(facts ? [`${counted(facts, "fact")} to confirm`] : [])].join(", ");
}

// What a message about the letter is true of: how it is shown, and who has approved it.
const truth = () => `${one("#pages img")?.src.replace(/&r=.*/u, "")} ${one("#approval")?.textContent}`;
let trueOf = ""; // of the message that is shown; "": not known before the letter stands there anew

// What came of an action, beside the buttons, until it is put away, another letter is chosen, or it
// is not true any more.
function say(words, bad = false) {
	trueOf = truth();
	const away = element("button", { type: "button", "aria-label": "Put the message away" }, "✕");
	away.addEventListener("click", () => say(""));
	message.className = bad ? "bad" : "";
	message.setAttribute("role", bad ? "alert" : "status");
	message.replaceChildren(...(words ? [element("span", {}, words), away] : []));
}

// The same of what the letter will show in a moment.
function sayOfNext(words, bad = false) {
	say(words, bad);
	trueOf = "";
}

// Above all, while it lasts; letters are not written meanwhile.
function setAlarm(...content) {
	const words = element("div", {}, ...content), alarm = one("#alarm");
	if (words.textContent !== alarm.textContent)
		alarm.replaceChildren(...words.childNodes);
}

// The letter that stands there stays the chosen one.
function shut() {
	closed = true;
	seen = null;
	view.id = one("main").dataset.id;
	chosen = [...rows].find(([, row]) => row.id === view.id)?.[0] ?? -1;
	fresh = false;
	one("#status").textContent = "";
	one("#progress").hidden = true;
	setAlarm(element("strong", {}, "The desk is closed:"), " what you see may be out of date. ",
		element("em", {}, "start lettermerge serve again, and open the link that it prints"));
	remember(false);
	draw();
}

// Null when nobody answers.
async function ask(address, options) {
	try {
		return await fetch(address, options);
	} catch {
		shut();
		return null;
	}
}

/* -- the address says what is seen -- */

function query(more = {}) {
	const said = { q: one("#q").value, state: one("#state").value, guides: view.guides || "", words: view.words || "", ...more };
	return new URLSearchParams(Object.entries(said).filter(([, value]) => value !== ""));
}

const address = (id) => `letter/${encodeURIComponent(id)}?${query()}`.replace(/\?$/u, "");
const idOf = ({ pathname }) => decodeURIComponent(/letter\/([^/]+)$/u.exec(pathname)?.[1] ?? "");

// Browsers refuse many changes of the address in a short time, such as a key held down makes: it is
// said a moment later, at the latest before the next step.
const unsaid = { address: "", timer: 0 };

function setUnsaid(next) {
	clearTimeout(unsaid.timer);
	Object.assign(unsaid, { address: next, timer: setTimeout(sayAddress, 200) });
}

function sayAddress() {
	if (unsaid.address)
		history.replaceState(null, "", unsaid.address);
	unsaid.address = "";
}

function remember(push) {
	if (push && view.id) {
		sayAddress();
		history.pushState(null, "", address(view.id));
	} else
		setUnsaid(view.id && address(view.id));
}

function setState(state) {
	one("#state").value = state;
	for (const link of one("#states").children) {
		link.removeAttribute("aria-current");
		if (link.dataset.state === state)
			link.setAttribute("aria-current", "true");
	}
}

function readAddress() {
	const said = new URLSearchParams(location.search);
	view.guides = Number(said.get("guides") === "1");
	view.words = Number(said.get("words") === "1");
	view.show = (one("#versions") && ["before", "changes"].find((show) => said.get(show) === "1")) ?? "now";
	view.since = said.get("since") ?? "";
	one("#q").value = said.get("q") ?? "";
	setState(said.get("state") ?? "");
}
addEventListener("popstate", () => {
	setUnsaid("");
	readAddress();
	view.id = idOf(location);
	fresh = true;
	renewRows(true);
	show();
});
