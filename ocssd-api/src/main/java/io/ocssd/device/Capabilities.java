package io.ocssd.device;

/**
 * What a device can do beyond reading, programming and erasing (Open-Channel SSD 2.0, media and controller capabilities;
 * Zoned Namespaces).
 *
 * @param zoned whether its blocks are zones: it appends, finishes, opens and closes them, erases them in every state but
 *     offline, and answers with the statuses of zones
 * @param copy whether it copies sectors by itself
 * @param eraseFree whether a block may be erased that is free (mccap bit 1)
 * @param eraseOpen whether a block may be erased that is open (an extension; zones always can)
 */
public record Capabilities(boolean zoned, boolean copy, boolean eraseFree, boolean eraseOpen) {
    /** Nothing beyond. */
    public static final Capabilities NONE = new Capabilities(false, false, false, false);
    /** What every zoned device can do. */
    public static final Capabilities ZONED = new Capabilities(true, false, true, true);
}
