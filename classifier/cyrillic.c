#include "cyrillic.h"

#include "fold.h"

#include <string.h>

/* The letters that count; 0 is everything else.  Pairs[first][second] is how usual the
 * second is after the first, on a logarithmic scale from 0 to 9, where 5 is chance; taken
 * from ordinary letters in both languages, equal weight each. */
static const char letters[] = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі";
#define N_LETTERS 43
static const char pairs[N_LETTERS][N_LETTERS + 1] = {
	/* clang-format off */
	"0776476075507466675775441450010404436044403", /*   */
	"8055464046175767057676333352000044066400000", /* а */
	"4820038001603524806226000005370003400065408", /* б */
	"8802338404705526725666040331063004000000000", /* в */
	"6711059000702603816036100100030000002000508", /* г */
	"5805128330603425745325003110083002400003208", /* д */
	"8144562234067768158774332352000001000500000", /* е */
	"9355342035134787236491040032020000000000001", /* ё */
	"4930068000703106701306000000060000500056606", /* ж */
	"8855586021503255504315000040072004051000007", /* з */
	"8446456236556667455771455541040047000000013", /* и */
	"9130385013204675305680320330070000044000006", /* й */
	"8814008003603503725577013030020000201060607", /* к */
	"7820578130703463720556020120076055152000006", /* л */
	"8830468120603346630345020030072003421015306", /* м */
	"9842477121704135700465203250074015232023006", /* н */
	"8067674254465766357771333551000134036400000", /* о */
	"8720007000704602848566030020053004403000004", /* п */
	"8834568134604565740666020130074014152002006", /* р */
	"7724037200606544664585130330075015405045207", /* с */
	"7825138101605114746566220220076004304044507", /* т */
	"9655574055255656057761050662060050351000005", /* у */
	"6800318200803321905164300000030020000000000", /* ф */
	"8924523000510366825454000110040000000000000", /* х */
	"7800218000901111531325002000060000000000001", /* ц */
	"7800009610805107210286000030015001000000000", /* ч */
	"7820008400606504532366000000083000404003008", /* ш */
	"4811029701912224212225000000026000001000002", /* щ */
	"6533348033434445545453120220042019123212104", /* ъ */
	"9034234007053778067650040140000000056600000", /* ы */
	"9142545414406067000670003350000054000000001", /* ь */
	"4315062001148743244591403040020000000000001", /* э */
	"9252362005004545105680003606020040030000000", /* ю */
	"9065264035034656124673035504000032054100000", /* я */
	"5260071055067857148766000050000000000400000", /* ә */
	"2900050031501113600003000000090000000003000", /* ғ */
	"8920100010400031750576050050080000004007000", /* қ */
	"9540665000004113000140000000080000060000008", /* ң */
	"3150101018065877058480000060000000000400000", /* ө */
	"2140041065060876049750040030000005066200000", /* ұ */
	"2120621006086758038860000080000000000000000", /* ү */
	"7954456144545556656565231341063123234333305", /* һ */
	"9050530007006678067650000050000000001700000", /* і */
	/* clang-format on */
};
#define CHANCE 5

typedef enum {
	SIGN_BREAK,    /* blanks, ASCII signs, scripts that we know nothing of */
	SIGN_ASCII,    /* an ASCII letter */
	SIGN_CYRILLIC, /* one of ours */
	SIGN_FOREIGN,  /* another Cyrillic letter: Serbian, Ukrainian … */
	SIGN_LATIN,    /* an accented Latin letter */
	SIGN_MARK,     /* quotation marks, dashes, № … */
	SIGN_ODD,      /* signs that hardly stand in letters */
	SIGN_BROKEN,   /* control characters, U+FFFD, box drawing */
} Sign;

/* What a character is. */
typedef struct {
	guint8 sign;   /* Sign */
	guint8 letter; /* its index in letters */
	guint8 upper;  /* TRUE for a capital */
} Character;

#define N_TABLE 0x530
static Character table[N_TABLE];

static void
fill_tables(void)
{
	guint index = 1;

	for (gunichar c = 0x80; c < 0xa0; c++)
		table[c].sign = SIGN_BROKEN;
	for (gunichar c = 0xa0; c < 0xc0; c++)
		table[c].sign = strchr("\xa0\xa7\xab\xad\xb0\xb7\xbb", (int)c) != NULL
		    ? SIGN_MARK
		    : SIGN_ODD;
	for (gunichar c = 'A'; c <= 'Z'; c++)
		table[c].sign = table[c + 32].sign = SIGN_ASCII;
	for (gunichar c = 0xc0; c < 0x250; c++)
		table[c].sign = c == 0xd7 || c == 0xf7 ? SIGN_ODD : SIGN_LATIN;
	for (gunichar c = 0x400; c < N_TABLE; c++)
		table[c].sign = SIGN_FOREIGN;
	for (const char *p = letters; *p != '\0'; p = g_utf8_next_char(p), index++) {
		gunichar lower = g_utf8_get_char(p), upper = g_unichar_toupper(lower);

		table[lower] = (Character){ SIGN_CYRILLIC, (guint8)index, FALSE };
		table[upper] = (Character){ SIGN_CYRILLIC, (guint8)index, TRUE };
	}
}

static Sign
look_far(gunichar c)
{
	if (c == 0xfffd || (c >= 0x2500 && c < 0x25a0))
		return SIGN_BROKEN;
	if ((c >= 0x2010 && c <= 0x201e && c != 0x201a) || c == 0x2022 || c == 0x2026 ||
	    c == 0x2116)
		return SIGN_MARK;
	return c >= 0x2000 && c < 0x2500 ? SIGN_ODD : SIGN_BREAK;
}

static inline Character
look(gunichar c)
{
	return c < N_TABLE ? table[c] : (Character){ (guint8)look_far(c), 0, FALSE };
}

static gboolean
is_letter(Sign sign)
{
	return sign >= SIGN_ASCII && sign <= SIGN_LATIN;
}

static int
usual(guint first, guint second)
{
	return pairs[first][second] - '0' - CHANCE;
}

/* What a letter says in halves of a point, given its neighbours. */
static int
weigh_cyrillic(Character before, Character this, Character after)
{
	gboolean inside = before.sign == SIGN_CYRILLIC;
	int score = 2 * usual(inside ? before.letter : 0, this.letter);

	if (after.sign != SIGN_CYRILLIC)
		score += usual(this.letter, 0);
	if (this.upper && inside && !before.upper)
		score -= 8;
	if (!inside && before.sign != SIGN_BREAK && before.sign != SIGN_MARK)
		score = MIN(score, 0) - 4;
	if (after.sign == SIGN_ASCII)
		score -= 4;
	return score;
}

/* The same of any character that is not ASCII. */
static int
weigh(Character before, Character this, Character after)
{
	Sign left = before.sign, right = after.sign;

	switch (this.sign) {
	case SIGN_CYRILLIC:
		return weigh_cyrillic(before, this, after);
	case SIGN_FOREIGN:
		return -6;
	case SIGN_LATIN:
		if (left == SIGN_LATIN || right == SIGN_LATIN || left == SIGN_CYRILLIC)
			return -6;
		return left == SIGN_ASCII || right == SIGN_ASCII ? 1 : -2;
	case SIGN_MARK:
		return is_letter(left) && is_letter(right) ? -2 : 0;
	case SIGN_ODD:
		return is_letter(left) || is_letter(right) ? -6 : -2;
	default:
		return -12;
	}
}

double
cyrillic_score(const gunichar *characters, gsize length, guint *ret_counted)
{
	static gsize filled;
	gint64 sum = 0;
	guint counted = 0;
	Character before, this = { SIGN_BREAK, 0, FALSE }, after;

	if (g_once_init_enter(&filled)) {
		fill_tables();
		g_once_init_leave(&filled, 1);
	}
	after = length > 0 ? look(characters[0]) : this;
	for (gsize i = 0; i < length; i++) {
		before = this;
		this = after;
		after = look(i + 1 < length ? characters[i + 1] : ' ');
		if (characters[i] < 0x80 || this.sign == SIGN_BREAK)
			continue;
		sum += weigh(before, this, after);
		counted += this.sign != SIGN_MARK;
	}
	if (ret_counted != NULL)
		*ret_counted = counted;
	return counted == 0 ? 0 : (double)sum / 2 / counted;
}

gsize
cyrillic_count_strange(const gunichar *characters, gsize length, gsize *ret_foreign)
{
	gsize strange = 0;

	*ret_foreign = 0;
	for (gsize i = 0; i < length; i++) {
		Sign sign = look(characters[i]).sign;

		*ret_foreign += sign == SIGN_FOREIGN;
		strange += sign == SIGN_FOREIGN || sign == SIGN_LATIN ||
		    sign == SIGN_ODD || sign == SIGN_BROKEN;
	}
	return strange;
}

gsize
cyrillic_sample(const char *text, gsize length, gunichar *ret_characters, gsize most)
{
	const char *end = text + length;
	gsize n = 0;
	guint step;

	for (const char *p = text; p < end && n < most; p += step) {
		gunichar c = fold_next(p, &step);

		if (c >= 0x80 || (p > text && (guchar)p[-1] >= 0x80) ||
		    (p + 1 < end && (guchar)p[1] >= 0x80))
			ret_characters[n++] = c;
	}
	return n;
}
