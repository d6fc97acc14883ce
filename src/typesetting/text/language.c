/* language.c - BCP 47 tags → HarfBuzz's languages and their patterns. A letter has a
 * handful of languages, so a list is searched. */
#include "text/text_int.h"

#include "locale/locale.h"

int language_find(struct shaper *shaper, struct str tag)
{
	for (int i = 0; i < shaper->languages.len; i++)
		if (str_eq(shaper->languages.at[i].tag, tag))
			return i;
	*vec_push(shaper->kept, &shaper->languages) = (struct language){
		.tag = str_copy(shaper->kept, tag),
		.hb = hb_language_from_string(tag.at, tag.len),
		.leftwards = lang_is_right_to_left(tag),
	};
	return shaper->languages.len - 1;
}
