#include "keyring.h"

struct Keyring {
	char *file, *old_file;
	Day old_until;
	Keys *keys;
	Day read_on;
};

void
keyring_free(Keyring *ring)
{
	if (ring == NULL)
		return;
	g_free(ring->file);
	g_free(ring->old_file);
	keys_free(ring->keys);
	g_free(ring);
}

Keyring *
keyring_new(const char *file, const char *old_file, Day old_until, GError **error)
{
	g_autoptr(Keyring) ring = g_new0(Keyring, 1);
	g_autoptr(Keys) keys = NULL, old = NULL;

	if (file != NULL && (keys = keys_load(file, FALSE, NULL, error)) == NULL)
		return NULL;
	if (old_file != NULL && (old = keys_load(old_file, FALSE, NULL, error)) == NULL)
		return NULL;
	ring->file = g_strdup(file);
	ring->old_file = g_strdup(old_file);
	ring->old_until = old_until;
	return g_steal_pointer(&ring);
}

const Keys *
keyring_keys(Keyring *ring, const char *store, Day today, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(store);
	g_autofree char *beside = g_build_filename(folder, "reply.key", NULL);
	const char *old = today <= ring->old_until ? ring->old_file : NULL;

	if (ring->keys != NULL && ring->read_on == today)
		return ring->keys;
	g_clear_pointer(&ring->keys, keys_free);
	ring->keys = keys_load(
	    ring->file != NULL ? ring->file : beside, ring->file == NULL, old, error);
	ring->read_on = today;
	return ring->keys;
}
