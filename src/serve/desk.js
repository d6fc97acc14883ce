// The desk made quick: the same parts as without a script, fetched and put in place.
"use strict";
const ROW = 2.4 * parseFloat(getComputedStyle(document.documentElement).fontSize);
const WINDOW = 200; // rows that one answer holds
const one = (selector) => document.querySelector(selector);
const list = one("#rows"), scroll = one("#scroll"), filter = one("#filter");
const view = { id: one("main").dataset.id, guides: 0, show: "now", zoom: 100 };
const turns = { asked: 0, placed: 0 }; // of show()
let fresh = false; // another letter was chosen and does not stand there yet
let rows = new Map(); // by number
let total = 0, chosen = -1, asked = new Set(), drawing = 0;
let seen = null; // the last event

document.body.classList.add("live");

function element(name, attributes, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value);
	made.append(...children);
	return made;
}

/* -- the list -- */

async function fetchRows(from) {
	if (asked.has(from))
		return;
	asked.add(from);
	const key = drawing;
	const query = new URLSearchParams(new FormData(filter));
	query.set("from", from);
	query.set("id", view.id);
	const answer = await (await fetch(`rows?${query}`)).json();
	if (key !== drawing)
		return;
	({ total, chosen } = answer);
	answer.rows.forEach((row, i) => rows.set(from + i, row));
	draw();
}

function rowElement(row, at) {
	const link = element("a", { href: `letter/${encodeURIComponent(row.id)}` },
		element("span", { class: `state ${row.state}` }, row.state),
		element("span", { class: "name" }, row.id));
	for (const what of ["changed", "approved", "proof"])
		if (row[what])
			link.append(element("span", { class: `mark ${what}` }, what));
	if (row.id === view.id)
		link.setAttribute("aria-current", "true");
	const item = element("li", { "aria-setsize": total, "aria-posinset": at + 1 }, link);
	item.style.top = `${at * ROW}px`;
	return item;
}

// Only the rows in sight, and some around them, are in the page.
function draw() {
	const from = Math.max(0, Math.floor(scroll.scrollTop / ROW) - 10);
	const to = Math.min(total, from + Math.ceil(scroll.clientHeight / ROW) + 20);
	const focused = list.contains(document.activeElement);
	const made = [];
	list.style.height = `${total * ROW}px`;
	for (let i = from; i < to; i++)
		if (rows.has(i))
			made.push(rowElement(rows.get(i), i));
		else
			fetchRows(Math.floor(i / WINDOW) * WINDOW);
	list.replaceChildren(...made);
	if (focused)
		list.querySelector("[aria-current]")?.focus({ preventScroll: true });
}

const firstInSight = () => Math.floor(Math.floor(scroll.scrollTop / ROW) / WINDOW) * WINDOW;

function renewRows() {
	rows = new Map();
	asked = new Set();
	drawing++;
	return fetchRows(firstInSight());
}

function bringIntoSight(at) {
	if (at * ROW < scroll.scrollTop)
		scroll.scrollTop = at * ROW;
	if ((at + 1) * ROW > scroll.scrollTop + scroll.clientHeight)
		scroll.scrollTop = (at + 1) * ROW - scroll.clientHeight;
}

async function move(step) {
	const at = Math.min(total - 1, Math.max(0, chosen + step));
	if (at < 0)
		return;
	bringIntoSight(at);
	if (!rows.has(at))
		await fetchRows(Math.floor(at / WINDOW) * WINDOW);
	if (rows.has(at))
		choose(rows.get(at).id, at);
}

function choose(id, at) {
	view.id = id;
	view.show = "now";
	chosen = at;
	fresh = true;
	history.replaceState(null, "", `letter/${encodeURIComponent(id)}`);
	draw();
	return show();
}

/* -- the letter -- */

// As it is now. The pictures are there before they are shown, and in one letter the place is kept.
// Several may be under way: an earlier one never replaces a later one.
async function show() {
	const { id, show: wanted } = view, turn = ++turns.asked;
	const query = new URLSearchParams({ guides: view.guides, before: Number(wanted === "before") });
	const answer = await fetch(`part/${encodeURIComponent(id)}?${query}`);
	const late = () => id !== view.id || wanted !== view.show || turn < turns.placed;
	if (late())
		return;
	if (answer.status === 404 && id) { // its record is gone
		view.id = "";
		fresh = true;
		return show();
	}
	const part = new DOMParser().parseFromString(
		`<base href="${document.baseURI}">${await answer.text()}`, "text/html");
	const main = document.adoptNode(part.querySelector("main"));
	const side = document.adoptNode(part.querySelector("aside"));
	const changes = wanted === "changes" && main.querySelector("#versions");
	if (changes)
		await markChanges(main);
	else
		await Promise.all([...main.querySelectorAll("img")].map((image) => image.decode().catch(() => 0)));
	if (late())
		return;
	turns.placed = turn;
	view.id = main.dataset.id;
	place(main, side);
	fresh = false;
	addTools();
	document.title = `${view.id} – Proof desk`;
}

function place(main, side) {
	const old = one("main"), oldSide = one("aside");
	const [left, top, sideTop] = [old.scrollLeft, old.scrollTop, oldSide.scrollTop];
	const focused = old.contains(document.activeElement) &&
		(document.activeElement === old ? "main" : document.activeElement.dataset.set || document.activeElement.dataset.step);
	old.replaceWith(main);
	oldSide.replaceWith(side);
	setZoom(view.zoom);
	if (!fresh) {
		main.scrollTo(left, top);
		side.scrollTop = sideTop;
	}
	if (focused)
		(main.querySelector(`[data-set="${focused}"], [data-step="${focused}"]`) ?? main)
			.focus({ preventScroll: true });
}

async function pixels(address) {
	const image = new Image();
	image.src = address;
	if (!await image.decode().then(() => true, () => false))
		return null;
	const { naturalWidth: width, naturalHeight: height } = image;
	const canvas = element("canvas", { width, height });
	const context = canvas.getContext("2d", { willReadFrequently: true });
	context.drawImage(image, 0, 0);
	return { canvas, context, image: context.getImageData(0, 0, width, height) };
}

// What is the same is grey; what is gone is red, what is new is blue. Only ink counts.
function mix(now, before) {
	const [out, old] = [now.image.data, before.image.data];
	let changed = 0;
	for (let i = 0; i < Math.min(out.length, old.length); i += 4) {
		const [a, b] = [out[i + 1], old[i + 1]];
		const shade = 255 - (255 - Math.min(a, b)) * 0.45;
		if (Math.abs(a - b) < 32) {
			out[i] = out[i + 1] = out[i + 2] = shade;
			continue;
		}
		changed++;
		out.set(a < b ? [a, a + (255 - a) * 0.3, 255] : [255 - (255 - b) * 0.2, b, b], i);
	}
	now.context.putImageData(now.image, 0, 0);
	return changed;
}

async function markChanges(main) {
	let count = 0;
	for (const page of main.querySelectorAll("#pages img")) {
		const now = await pixels(page.src);
		const before = await pixels(page.src.replace(/before=0.*/u, `before=1&v=${seen.version}`));
		if (!now || !before)
			continue;
		const changed = mix(now, before);
		count += changed > 0;
		now.canvas.setAttribute("role", "img");
		now.canvas.setAttribute("aria-label", `${page.alt}, ${changed ? "changes in colour" : "not changed"}`);
		page.replaceWith(now.canvas);
	}
	main.querySelector("#pages").before(element("p", { class: "legend", role: "status" },
		element("ins", {}, "New"), " ", element("del", {}, "Gone"),
		` on ${count} page${count === 1 ? "" : "s"}`));
}

/* -- tools -- */

function setZoom(percent) {
	view.zoom = Math.min(300, Math.max(40, percent));
	one("main").style.setProperty("--zoom", `${0.46 * view.zoom}rem`);
	const said = one("#zoom");
	if (said)
		said.textContent = `${view.zoom} %`;
}

function setShow(what) {
	if (what !== "now" && !one("#versions"))
		return;
	view.show = view.show === what ? "now" : what;
	show();
}

function toggleGuides() {
	view.guides = 1 - view.guides;
	show();
}

function addTools() {
	const tools = one(".tools");
	if (!tools)
		return;
	const button = (name, label, act) => {
		const made = element("button", { type: "button", "aria-label": label, "data-set": label }, name);
		made.addEventListener("click", act);
		return made;
	};
	tools.insertBefore(element("span", { class: "group" },
		button("−", "Smaller", () => setZoom(view.zoom - 20)),
		element("span", { id: "zoom" }),
		button("+", "Larger", () => setZoom(view.zoom + 20))), tools.querySelector(".download"));
	const versions = one("#versions");
	if (versions) {
		const changes = element("a", { href: location.href, "data-set": "changes" }, "Changes");
		versions.append(changes);
		for (const link of versions.children)
			link.toggleAttribute("aria-current", false);
		versions.querySelector(`[data-set=${view.show}]`).setAttribute("aria-current", "true");
	}
	setZoom(view.zoom);
}

const keys = {
	j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
	"+": () => setZoom(view.zoom + 20), "-": () => setZoom(view.zoom - 20), 0: () => setZoom(100),
	g: toggleGuides, b: () => setShow("before"), c: () => setShow("changes"),
	"/": () => one("#q").focus(),
	a: () => one("[data-set=approve]")?.click(),
};
document.addEventListener("keydown", (event) => {
	const inField = event.target.closest("input, select, textarea");
	const scrolls = event.key.startsWith("Arrow") && event.target.closest("main, aside");
	if (inField && event.key === "Escape") {
		event.preventDefault();
		event.target.blur();
		find("");
	}
	if (inField || scrolls || event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(keys, event.key))
		return;
	event.preventDefault();
	keys[event.key]();
});

const idOf = (link) => decodeURIComponent(new URL(link.href).pathname.split("/").pop());
const sets = { guides: toggleGuides, changes: () => setShow("changes"),
	before: () => view.show !== "before" && setShow("before"),
	now: () => view.show !== "now" && setShow("now") };
document.addEventListener("click", (event) => {
	const link = event.target.closest("a");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey)
		return;
	const state = link.closest("#states") && new URL(link.href).searchParams.get("state");
	if (list.contains(link)) {
		const at = Number(link.parentElement.getAttribute("aria-posinset")) - 1;
		choose(idOf(link), at);
	} else if (link.dataset.step)
		move(Number(link.dataset.step));
	else if (link.dataset.set)
		sets[link.dataset.set]();
	else if (typeof state === "string")
		filterBy(state);
	else
		return;
	event.preventDefault();
});

function filterBy(state) {
	one("#state").value = state;
	for (const link of one("#states").children)
		link.toggleAttribute("aria-current", false);
	[...one("#states").children].find((link) => new URL(link.href).searchParams.get("state") === state)
		?.setAttribute("aria-current", "true");
	scroll.scrollTop = 0;
	renewRows();
}
function find(words) {
	one("#q").value = words;
	scroll.scrollTop = 0;
	return renewRows();
}
filter.addEventListener("input", () => find(one("#q").value));
filter.addEventListener("submit", async (event) => { // the first that was found
	event.preventDefault();
	await find(one("#q").value);
	one("#q").blur();
	chosen = -1;
	move(1);
});
scroll.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
addEventListener("resize", () => requestAnimationFrame(draw));
document.addEventListener("submit", async (event) => { // approve, withdraw
	if (!event.target.matches(".act"))
		return;
	event.preventDefault();
	await fetch(event.target.action, { method: "POST", redirect: "manual" });
	show();
});
one("#generate")?.addEventListener("submit", (event) => {
	event.preventDefault();
	fetch("generate", { method: "POST", redirect: "manual" });
});

/* -- news -- */

function showNews(news) {
	one("#status").textContent = news.status;
	const progress = one("#progress");
	progress.hidden = !news.busy || news.total <= 0;
	progress.max = Math.max(1, news.total);
	progress.value = news.done;
	[...one("#states").querySelectorAll("b")].forEach((count, i) => { count.textContent = news.counts[i]; });
}

addTools();
const events = new EventSource("events");
events.addEventListener("message", (event) => {
	const news = JSON.parse(event.data), old = seen;
	seen = news;
	showNews(news);
	if (old ? old.version !== news.version || old.listed !== news.listed : !view.id)
		show();
	if (old?.listed !== news.listed)
		renewRows();
});
events.addEventListener("error", () => {
	one("#status").textContent = "The desk is closed: what you see may be out of date";
	seen = null;
});
