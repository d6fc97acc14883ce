/* take.h - text that is read character by character, as its writer wrote it: what has two meanings
 * proves nothing. Each takes from the front of the rest; false leaves it anywhere. */
#ifndef VERIFY_TAKE_H
#define VERIFY_TAKE_H

#include "base/base.h"

bool take(struct str *rest, const char *words);
/* Between quotation marks, as it stands there: JSON's escapes stay. */
bool take_string(struct str *rest, struct str *text);
/* ,"NAME":"…" and ,"NAME":1 */
bool take_member(struct str *rest, const char *name, struct str *text);
bool take_count(struct str *rest, const char *name, int64_t *number);
/* len digits, lower case. */
bool is_hex(struct str text, int len);
/* Of hexadecimal digits, half as many bytes; between quotation marks, count bytes. */
void read_hex(struct str digits, unsigned char *bytes);
bool take_hex(struct str *rest, unsigned char *bytes, int count);

#endif
