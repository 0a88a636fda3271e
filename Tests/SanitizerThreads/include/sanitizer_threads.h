// Replaces C11's threads, which librdkafka uses, by pthread's: see threads.c.
