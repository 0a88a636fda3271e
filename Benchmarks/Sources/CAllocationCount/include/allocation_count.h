/// How often this thread has asked the heap for memory so far; -1 where that can't be counted.
long allocation_count(void);
