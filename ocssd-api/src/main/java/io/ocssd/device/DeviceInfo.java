package io.ocssd.device;

import java.util.List;

/**
 * Who a device is.
 *
 * @param uri what it was opened as
 * @param model model name
 * @param serial serial number; unique to the drive or image
 * @param specification revision that it speaks, for example {@code 2.0}
 * @param persistence what the stored bytes survive, in a few words; for emulated drives the death of the program or host
 * @param notes things that the owner should know, one sentence each (a superblock was damaged and its copy used)
 */
public record DeviceInfo(
        String uri, String model, String serial, String specification, String persistence, List<String> notes) {
    /** Copies the notes. */
    public DeviceInfo {
        notes = List.copyOf(notes);
    }
}
