// The text of each marked content of a page, by its id, as pdf.js has it; end: what a line's end is read as.
export async function contents(page, end = "") {
	const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
	const texts = new Map();
	const open = [];
	for (const item of items) {
		if (item.type === "beginMarkedContent" || item.type === "beginMarkedContentProps")
			open.push(item.id);
		else if (item.type === "endMarkedContent")
			open.pop();
		else {
			const id = open.findLast((name) => name);
			if (id)
				texts.set(id, (texts.get(id) ?? "") + item.str + (item.hasEOL ? end : ""));
		}
	}
	return texts;
}
