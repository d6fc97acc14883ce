/* tree_int.h - what the files of this room share. */
#ifndef TREE_INT_H
#define TREE_INT_H

#include "tree/tree.h"

/* Whether a name ends as that of a picture or a document does: ".png", ".docx". */
bool name_ends_as_file(struct str name);

/* Whether the words of a link read as an address of the web or of e-mail, or as a telephone number,
 * and its target is on another host or has another number. A host shown stands for those below it,
 * and with "www." for the one without; of numbers the last seven figures count. */
bool link_leads_elsewhere(struct str words, struct str href);

#endif
