/* assets.c - the desk's style sheet and script, as they are built into the program. */
#include "page/page.h"

#include <page_assets.h>

struct str page_style(void)
{
	return (struct str){(const char *)asset_css, sizeof asset_css};
}

struct str page_script(void)
{
	return (struct str){(const char *)asset_js, sizeof asset_js};
}

struct str page_write_script(void)
{
	return (struct str){(const char *)asset_write, sizeof asset_write};
}
