package io.ocssd.ftl.vblock;

import java.io.IOException;

/** Hands out vblock ids, each once in the life of a drive, growing. Thread-safe. */
public interface VblockIds {
    /**
     * The next id. May wait for the device, since the label has to say first that such ids may be in use.
     *
     * @throws IOException when the label can't be written
     */
    long next() throws IOException;

    /** An id was found on flash: all that come are larger. */
    void seen(long id);
}
