#include "crew.h"

/* An idle connection is kept for the next mail so long. */
#define IDLE_US (20 * G_USEC_PER_SEC)

struct Crew {
	const Post *post;
	GAsyncQueue *waiting, *done;
	GPtrArray *threads;
	guint out;
};

/* Stands in the queue where a thread shall end. */
static Parcel the_end;

static gpointer
work(gpointer data)
{
	Crew *crew = data;
	g_autoptr(Carrier) carrier = carrier_new(crew->post);

	for (;;) {
		Parcel *parcel = g_async_queue_timeout_pop(crew->waiting, IDLE_US);
		if (parcel == NULL) {
			carrier_rest(carrier);
			parcel = g_async_queue_pop(crew->waiting);
		}
		if (parcel == &the_end)
			return NULL;
		carrier_send(carrier, parcel);
		g_async_queue_push(crew->done, parcel);
	}
}

Crew *
crew_new(const Post *post)
{
	Crew *crew = g_new0(Crew, 1);

	crew->post = post;
	crew->waiting = g_async_queue_new();
	crew->done = g_async_queue_new();
	crew->threads = g_ptr_array_new();
	return crew;
}

void
crew_free(Crew *crew)
{
	Parcel *parcel;

	if (crew == NULL)
		return;
	while ((parcel = crew_recall(crew)) != NULL)
		parcel_free(parcel);
	/* Whoever still hangs on a server ends with the program; its mail is in doubt. */
	if (crew->out > 0)
		return;
	for (guint i = 0; i < crew->threads->len; i++)
		g_async_queue_push(crew->waiting, &the_end);
	for (guint i = 0; i < crew->threads->len; i++)
		g_thread_join(g_ptr_array_index(crew->threads, i));
	while ((parcel = g_async_queue_try_pop(crew->done)) != NULL)
		parcel_free(parcel);
	g_ptr_array_unref(crew->threads);
	g_async_queue_unref(crew->waiting);
	g_async_queue_unref(crew->done);
	g_free(crew);
}

void
crew_give(Crew *crew, Parcel *parcel)
{
	crew->out++;
	g_async_queue_push(crew->waiting, parcel);
	/* The length counts threads that wait as less than none. */
	if (g_async_queue_length(crew->waiting) > 0 &&
	    crew->threads->len < crew->post->connections &&
	    crew->threads->len < crew->out)
		g_ptr_array_add(crew->threads, g_thread_new("carrier", work, crew));
}

Parcel *
crew_take(Crew *crew, gint64 wait_us)
{
	Parcel *parcel = wait_us > 0
	    ? g_async_queue_timeout_pop(crew->done, (guint64)wait_us)
	    : g_async_queue_try_pop(crew->done);

	if (parcel != NULL)
		crew->out--;
	return parcel;
}

Parcel *
crew_recall(Crew *crew)
{
	Parcel *parcel = g_async_queue_try_pop(crew->waiting);

	if (parcel != NULL)
		crew->out--;
	return parcel;
}

guint
crew_out(const Crew *crew)
{
	return crew->out;
}
