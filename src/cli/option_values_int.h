/* option_values_int.h - the values that are more than a word or a number: each is read by a
 * function that its row names. What is wrong with one goes to cli->diags, and leaves its option as
 * it was. */
#ifndef CLI_OPTION_VALUES_INT_H
#define CLI_OPTION_VALUES_INT_H

struct cli;

void option_read_only(struct cli *cli, const char *list);
void option_read_except(struct cli *cli, const char *list);
void option_read_where(struct cli *cli, const char *condition);
void option_read_tsa(struct cli *cli, const char *url);
void option_read_also(struct cli *cli, const char *list);
void option_read_standard(struct cli *cli, const char *word);
void option_read_shard(struct cli *cli, const char *text);
void option_read_sample(struct cli *cli, const char *text);
void option_read_by(struct cli *cli, const char *text);
void option_read_person(struct cli *cli, const char *text);
void option_read_label(struct cli *cli, const char *list);
void option_read_diag(struct cli *cli, const char *word);
void option_read_durability(struct cli *cli, const char *word);
void option_read_rejections(struct cli *cli, const char *word);
void option_read_after(struct cli *cli, const char *text);
void option_read_level(struct cli *cli, const char *word);
void option_read_colour(struct cli *cli, const char *word);

#endif
