package io.ocssd.cli.watch;

/** Where intervals are shown. */
interface WatchDisplay {
    /** Shows one. */
    void show(Interval interval);

    /** There are no more. */
    void close();
}
