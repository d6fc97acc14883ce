/* table.c - rows r0000000, r0000001 and so on. */
#include "table.h"

#include <stdio.h>

bool table_write(const char *path, int count)
{
	static const char *const areas[] = {"Essex", "Kent", "Sussex", "Lancashire", "Merseyside",
		"Northumbria", "Hampshire", "Bedfordshire", "London"};
	FILE *file = fopen(path, "w");
	if (!file)
		return false;
	fprintf(file,
		"\xEF\xBB\xBFid,Name,Title,Salutation,Address,Postcode,Area,VRU name,VRU "
		"highlight\r\n");
	for (int i = 0; i < count; i++) {
		const char *area = areas[(size_t)i % (sizeof areas / sizeof *areas)];
		fprintf(file,
			"r%07d,Mary %07d,Police and Crime Commissioner for %s,Mary,\"%d Market "
			"Place\nRivenhall\nWitham\n%s\",cm8 3hb,%s,%s Violence Reduction "
			"Unit,\"how the unit, which was launched in March 2020, has worked with "
			"%d young people and their families\"\r\n",
			i, i, area, i + 1, area, area, area, i);
	}
	return fclose(file) == 0;
}
