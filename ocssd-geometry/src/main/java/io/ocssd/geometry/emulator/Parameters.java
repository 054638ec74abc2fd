package io.ocssd.geometry.emulator;

import io.ocssd.device.DeviceUri;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of one URI, read with checks whose sentences name the parameter and what is possible. */
final class Parameters {
    private final DeviceUri uri;
    private final Map<String, String> values;

    Parameters(DeviceUri uri) {
        this.uri = uri;
        this.values = uri.parameters();
    }

    /**
     * Checks the names.
     *
     * @param known names that may be given
     * @param elsewhere names that exist but not here
     * @param why said of a name that is elsewhere
     */
    void allowOnly(Set<String> known, Set<String> elsewhere, String why) {
        for (String name : values.keySet()) {
            if (known.contains(name)) {
                continue;
            }
            if (elsewhere.contains(name)) {
                throw new IllegalArgumentException(uri.scheme() + ": " + name + " " + why);
            }
            throw new IllegalArgumentException(uri.scheme() + ": has no parameter \"" + name + "\"; possible: "
                    + String.join(", ", new TreeSet<>(known)));
        }
    }

    /** Checks that a parameter is not given without the one that gives it a meaning. */
    void checkUseful(String name, String needed) {
        if (has(name) && !has(needed)) {
            throw new IllegalArgumentException(
                    uri.scheme() + ": " + name + "=" + values.get(name) + " has no effect without " + needed + "=");
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, String byDefault) {
        return values.getOrDefault(name, byDefault);
    }

    /** One of a few words. */
    String choice(String name, String byDefault, List<String> possible) {
        String value = values.getOrDefault(name, byDefault);
        if (!possible.contains(value)) {
            throw wrong(name, value, String.join(", ", possible));
        }
        return value;
    }

    /** On or off. */
    boolean isOn(String name, boolean byDefault) {
        return choice(name, byDefault ? "on" : "off", List.of("on", "off")).equals("on");
    }

    int integer(String name, int byDefault, int least, int most) {
        return (int) number(name, byDefault, least, most);
    }

    long number(String name, long byDefault, long least, long most) {
        String value = values.get(name);
        if (value == null) {
            return byDefault;
        }
        String possible = "a whole number from " + least + " to " + most;
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw wrong(name, value, possible);
        }
        if (number < least || number > most) {
            throw wrong(name, value, possible);
        }
        return number;
    }

    IllegalArgumentException wrong(String name, String value, String possible) {
        return new IllegalArgumentException(
                uri.scheme() + ": " + name + "=" + value + " is not possible; possible: " + possible);
    }
}
