package io.ocssd.geometry.emulator;

import java.util.Locale;

/** What an image file survives while it is open. (What the drive that it plays survives is its durability class.) */
enum Persistence {
    /** The death of the program: what completed is in the page cache of the host. */
    PROCESS("the death of the program, not that of the host (persist=process)"),
    /** The death of the host, too: what completed is on its disk. */
    HOST("the death of the program and of the host (persist=host)");

    private final String sentence;

    Persistence(String sentence) {
        this.sentence = sentence;
    }

    /** The name as URIs write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the stored bytes survive, in a few words. */
    String sentence() {
        return sentence;
    }
}
