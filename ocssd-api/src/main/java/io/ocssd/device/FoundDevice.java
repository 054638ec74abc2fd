package io.ocssd.device;

/**
 * A device that was found on this host, without being opened.
 *
 * @param path its node
 * @param model what it calls itself; empty when it does not tell
 * @param serial what tells it from others; empty when it does not tell
 * @param capacityBytes its size in bytes, places that can't be written included
 * @param uri what it can be opened as; empty when nothing here opens it
 * @param note what it is, or why it can't be opened, in a few words
 */
public record FoundDevice(String path, String model, String serial, long capacityBytes, String uri, String note) {}
