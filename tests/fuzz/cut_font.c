/* cut_font.c - FONT OUT: a font of the characters that fuzz_font shows, with the rules for them, as
 * a seed. */
#include <hb-subset.h>
#include <stdbool.h>
#include <stdio.h>

static const hb_codepoint_t characters[][2] = {{' ', ','}, {'.', '4'}, {'A', 'A'}, {'D', 'D'},
	{'S', 'T'}, {'V', 'V'}, {'Y', 'Y'}, {'a', 'l'}, {'n', 'p'}, {'r', 'y'}, {0xAD, 0xAD},
	{0xC9, 0xC9}, {0xE9, 0xE9}, {0x301, 0x301}, {0x2022, 0x2022}};

int main(int argc, char **argv)
{
	hb_blob_t *blob = argc == 3 ? hb_blob_create_from_file_or_fail(argv[1]) : NULL;
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!blob || !input)
		return 1;
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		hb_set_add_range(
			hb_subset_input_unicode_set(input), characters[i][0], characters[i][1]);
	hb_face_t *whole = hb_face_create(blob, 0), *face = hb_subset_or_fail(whole, input);
	hb_blob_t *made = face ? hb_face_reference_blob(face) : NULL;
	unsigned len = made ? hb_blob_get_length(made) : 0;
	FILE *out = len ? fopen(argv[2], "wb") : NULL;
	bool good = out && fwrite(hb_blob_get_data(made, NULL), 1, len, out) == len && !fclose(out);
	hb_blob_destroy(made);
	hb_face_destroy(face);
	hb_face_destroy(whole);
	hb_subset_input_destroy(input);
	hb_blob_destroy(blob);
	return !good;
}
