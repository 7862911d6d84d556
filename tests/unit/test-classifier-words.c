/* Header values: encoded words and parameters as mail programs really write them. */
#include "words.h"

#include <string.h>

typedef struct {
	const char *label, *raw, *want, *hint;
} DecodeCase;

static const DecodeCase decode_cases[] = {
	{ "plain ASCII stays", " Hello, world", "Hello, world" },
	{ "a Q word",
	    "=?utf-8?Q?=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82_=21?=", "Привет !" },
	{ "a B word", "=?UTF-8?B?0J/RgNC40LLQtdGC?=", "Привет" },
	{ "adjacent padded B words keep the second one",
	    "=?UTF-8?B?SGVsbG8=?= =?UTF-8?B?IHdvcmxk?=", "Hello world" },
	{ "a surname in a second word survives",
	    "=?UTF-8?B?0JjQstCw0L0=?=\r\n =?UTF-8?B?INCf0LXRgtGA0L7Qsg==?=",
	    "Иван Петров" },
	{ "a letter split over two words",
	    "=?utf-8?B?0J8=?= =?utf-8?B?0YDQ?= =?utf-8?B?uA==?=", "При" },
	{ "a letter split over two Q words", "=?utf-8?Q?=D0?= =?utf-8?Q?=9F?=", "П" },
	{ "base64 cut anywhere", "=?utf-8?B?0J/RgNC?= =?utf-8?B?40LI=?=", "Прив" },
	{ "missing padding", "=?utf-8?B?SGVsbG8?=", "Hello" },
	{ "words of different sets",
	    "=?windows-1251?B?z/Do?= =?koi8-r?B?18XU?=", "Привет" },
	{ "blanks between words go, between text stay",
	    "a =?utf-8?Q?b?=  =?utf-8?Q?c?= d", "a bc d" },
	{ "a language suffix", "=?utf-8*ru?Q?=D0=9F?=", "П" },
	{ "blanks within a Q word", "=?utf-8?Q?Hello World?=", "Hello World" },
	{ "a word within quotes", "\"=?utf-8?B?0JDQvdC90LA=?=\"", "\"Анна\"" },
	{ "a word without a blank before it", "Re:=?utf-8?B?0JDQvdC90LA=?=", "Re:Анна" },
	{ "wrong charset in the word",
	    "=?utf-8?Q?=CF=F0=E8=E2=E5=F2, =EC=E8=F0?=", "Привет, мир" },
	{ "unknown charset",
	    "=?unknown-8bit?B?z/Do4uXyLCDt4PEg7O3u4+4=?=", "Привет, нас много" },
	{ "raw UTF-8", "Тема письма", "Тема письма" },
	{ "raw windows-1251", "\xd2\xe5\xec\xe0 \xef\xe8\xf1\xfc\xec\xe0",
	    "Тема письма" },
	{ "a short raw koi8-r follows the letter's own set", "\xf4\xc5\xcd\xc1", "Тема",
	    "koi8-r" },
	{ "folded lines", "first\r\n\tsecond\r\n third", "first second third" },
	{ "an injected line stays one line",
	    "=?utf-8?Q?a=0D=0ABcc:_x@y?=", "a Bcc: x@y" },
	{ "direction marks and NUL go", "=?utf-8?Q?a=E2=80=AEb=00c?=",
	    "ab\xef\xbf\xbd"
	    "c" },
	{ "an unfinished word is text", "=?utf-8?B?SGVsbG8", "=?utf-8?B?SGVsbG8" },
	{ "an unknown encoding is text", "=?utf-8?X?abc?=", "=?utf-8?X?abc?=" },
	{ "rubbish in base64", "=?utf-8?B?SGV!sbG8=?=", "Hello" },
	{ "nothing", "", "" },
};

static void
test_decode(gconstpointer data)
{
	const DecodeCase *item = data;
	g_autofree char *text = words_decode(item->raw, strlen(item->raw), item->hint);

	g_assert_cmpstr(text, ==, item->want);
}

typedef struct {
	const char *label, *raw, *name, *want;
} ParameterCase;

static const ParameterCase parameter_cases[] = {
	{ "a token", "text/plain; charset=utf-8", "charset", "utf-8" },
	{ "a quoted string", "text/plain; name=\"a; b.txt\"; charset=x", "name",
	    "a; b.txt" },
	{ "case and blanks don't matter", "text/plain ; CharSet = \"KOI8-R\"", "charset",
	    "KOI8-R" },
	{ "no such parameter", "text/plain; charset=utf-8", "format", NULL },
	{ "a longer name is another one", "a/b; filename2=x", "filename", NULL },
	{ "an encoded word", "a/b; name=\"=?utf-8?B?0prSsdC20LDRgi5wZGY=?=\"", "name",
	    "Құжат.pdf" },
	{ "RFC 2231", "attachment; filename*=utf-8''%D2%9B%D2%B1%D0%B6%D0%B0%D1%82.pdf",
	    "filename", "құжат.pdf" },
	{ "RFC 2231 in sections, out of order",
	    "attachment; filename*1*=%BE%D0%B2.doc; "
	    "filename*0*=utf-8''%D0%98%D0%B2%D0%B0%D0%BD%D0",
	    "filename", "Иванов.doc" },
	{ "sections with and without escapes",
	    "attachment; filename*0*=windows-1251''%CF%F0%E8; filename*1=\" x.doc\"",
	    "filename", "При x.doc" },
	{ "a section that is missing ends it", "a/b; name*0=one; name*2=three", "name",
	    "one" },
	{ "the section form wins over the plain one",
	    "a/b; name=plain; name*=utf-8''rich", "name", "rich" },
	{ "raw UTF-8", "a/b; name=\"құжат.pdf\"", "name", "құжат.pdf" },
	{ "an escaped quote", "a/b; name=\"a\\\"b\"", "name", "a\"b" },
	{ "a quote that never ends", "a/b; name=\"abc", "name", "abc" },
	{ "no value", "a/b; name", "name", NULL },
};

static void
test_parameter(gconstpointer data)
{
	const ParameterCase *item = data;
	g_autofree char *value =
	    words_parameter(item->raw, strlen(item->raw), item->name, NULL);

	g_assert_cmpstr(value, ==, item->want);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(decode_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/words/decode/%s", decode_cases[i].label);

		g_test_add_data_func(path, &decode_cases[i], test_decode);
	}
	for (guint i = 0; i < G_N_ELEMENTS(parameter_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/words/parameter/%s", parameter_cases[i].label);

		g_test_add_data_func(path, &parameter_cases[i], test_parameter);
	}
	return g_test_run();
}
