package io.ocssd.geometry.zns;

import io.ocssd.device.DeviceUri;
import io.ocssd.device.Ppa;
import java.util.List;

/**
 * The parameters of a {@code zns:} URI.
 *
 * @param force whether a drive that bears the marks of another owner is opened
 * @param luns LUNs that its zones are dealt to, 1 to 256
 * @param readOnly whether it is only looked at: opened without the right to write, and beside whoever has claimed it
 * @param appendsByCommand whether appends go to the drive as such, past the block layer
 */
record ZnsParameters(boolean force, int luns, boolean readOnly, boolean appendsByCommand) {
    private static final String FORCE = "force";
    private static final String LUNS = "luns";
    private static final String READ_ONLY = "readonly";
    private static final String APPEND = "append";
    private static final List<String> KNOWN = List.of(FORCE, LUNS, READ_ONLY, APPEND);
    private static final String POSSIBLE =
            "force=on|off, luns=1..." + Ppa.MAX_CHANNELS + ", readonly=on|off, append=write|command";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when one is unknown, or its value is wrong
     */
    static ZnsParameters of(DeviceUri uri) {
        for (String name : uri.parameters().keySet()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("zns: has no parameter \"" + name + "\"; possible: " + POSSIBLE);
            }
        }
        return new ZnsParameters(
                isOn(uri, FORCE),
                luns(uri.parameters().getOrDefault(LUNS, "1")),
                isOn(uri, READ_ONLY),
                appendsByCommand(uri.parameters().getOrDefault(APPEND, "write")));
    }

    private static boolean isOn(DeviceUri uri, String name) {
        String value = uri.parameters().getOrDefault(name, "off");
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException(name + "=" + value + " is neither on nor off");
        }
        return value.equals("on");
    }

    private static boolean appendsByCommand(String value) {
        if (!value.equals("write") && !value.equals("command")) {
            throw new IllegalArgumentException(APPEND + "=" + value + " is neither write nor command");
        }
        return value.equals("command");
    }

    private static int luns(String value) {
        try {
            int luns = Integer.parseInt(value);
            if (luns >= 1 && luns <= Ppa.MAX_CHANNELS) {
                return luns;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(LUNS + "=" + value + " is no number from 1 to " + Ppa.MAX_CHANNELS, e);
        }
        throw new IllegalArgumentException(LUNS + "=" + value + " is not in 1.." + Ppa.MAX_CHANNELS);
    }
}
