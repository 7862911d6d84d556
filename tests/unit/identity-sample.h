/* A letter as the finders of an identity see it, from a few fields. */
#pragma once

#include "identity.h"

#define IDENTITY_DATA TEST_SOURCE_ROOT "/classifier/data"

static inline Identity *
load_identity(void)
{
	g_autoptr(GError) error = NULL;
	Identity *identity = identity_load(IDENTITY_DATA, NULL, &error);

	g_assert_no_error(error);
	return identity;
}

static inline Reading *
identify(const Identity *identity, const char *from_name, const char *from_address,
    const char *subject, const char *text)
{
	Reading *reading = reading_new();

	reading->from_name = g_strdup(from_name);
	reading->from_address = g_strdup(from_address);
	reading->subject = g_strdup(subject);
	reading->text = g_strdup(text);
	identity_fill(identity, reading);
	return reading;
}
