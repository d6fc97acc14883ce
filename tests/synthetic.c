/* synthetic.c - synthetic PATH COUNT: writes so many recipients into a folder that is there, or
 * into one file when PATH ends in .xml. */
#include "support/synthetic.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	int count = argc == 3 ? atoi(argv[2]) : 0;
	if (count <= 0) {
		fputs("usage: synthetic PATH COUNT\n", stderr);
		return 2;
	}
	bool one = str_ends(str_of(argv[1]), ".xml");
	return (one ? synthetic_file(argv[1], count) : synthetic_folder(argv[1], count)) ? 0 : 3;
}
