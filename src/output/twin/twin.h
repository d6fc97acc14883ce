/* twin.h - letter → the same letter as one HTML page or as plain text.
 *
 * A twin is read instead of the PDF: word for word the same, in the same order. A note stands after
 * the paragraph of its mark, as it does in the PDF's tags. */
#ifndef TWIN_TWIN_H
#define TWIN_TWIN_H

#include "letter/letter.h"
#include "picture/picture.h"

/* One page of semantic HTML: no script, nothing from outside, pictures inside it; made for WCAG 2.2
 * AA, reflows and prints. False when a picture cannot be read, which is reported. */
bool twin_html(const struct letter *letter, const struct style *style, struct pictures *pictures,
	struct buf *out, struct diags *diags);

/* UTF-8, a paragraph a line, a blank line between blocks. */
void twin_text(const struct letter *letter, struct buf *out);

#endif
