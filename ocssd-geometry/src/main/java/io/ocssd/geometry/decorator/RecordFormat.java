package io.ocssd.geometry.decorator;

/**
 * A kind of {@link RecordFile}.
 *
 * @param magic eight ASCII characters at the beginning of each file
 * @param version of what is in the records; another one is refused
 * @param what such a file is called in messages, for example "trace"
 */
public record RecordFormat(String magic, int version, String what) {
    /** Checks the magic. */
    public RecordFormat {
        if (magic.length() != RecordFileLayout.MAGIC_BYTES) {
            throw new IllegalArgumentException("magic=" + magic);
        }
    }
}
