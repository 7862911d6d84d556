/* What reading.c and reading-pack.c share. */
#pragma once

#include "reading.h"

/* Every string of a Reading, once, so that packing, unpacking and freeing agree. */
#define N_READING_STRINGS 24
extern const gsize reading_strings[N_READING_STRINGS];
/* Readings of the first release end here. */
#define FIRST_RELEASE_STRINGS 20
