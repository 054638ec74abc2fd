package io.ocssd.device;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a device is and how to open it: {@code scheme:path?name=value&name=value}.
 *
 * @param scheme which kind of device, lower case: {@code mem}, {@code emu}; decorators stand in front of it with a plus sign
 *     each, the outermost first: {@code trace+faults+mem}
 * @param path what the scheme makes of it; may be empty
 * @param parameters by name, in the order of the names
 */
public record DeviceUri(String scheme, String path, Map<String, String> parameters) {
    /** Copies the parameters. */
    public DeviceUri {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException when it has no scheme, or a parameter without a value or given twice
     */
    public static DeviceUri parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.substring(0, colon).contains("/")) {
            throw new IllegalArgumentException("device \"" + text + "\" has no scheme such as emu: or mem:");
        }
        if (("+" + text.substring(0, colon) + "+").contains("++")) {
            throw new IllegalArgumentException("device \"" + text
                    + "\": a decorator stands in front of a scheme with one plus sign, as in faults+mem:");
        }
        int question = text.indexOf('?', colon);
        String path = text.substring(colon + 1, question < 0 ? text.length() : question);
        Map<String, String> parameters = new TreeMap<>();
        if (question >= 0 && question + 1 < text.length()) {
            for (String pair : text.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            "device \"" + text + "\": \"" + pair + "\" is not of the form name=value");
                }
                if (parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException(
                            "device \"" + text + "\": " + pair.substring(0, equals) + " is given twice");
                }
            }
        }
        return new DeviceUri(text.substring(0, colon), path, parameters);
    }

    /** Whether a decorator stands in front of the scheme. */
    public boolean isDecorated() {
        return scheme.indexOf('+') >= 0;
    }

    /** The outermost decorator's name; only when there is one. */
    public String decorator() {
        return scheme.substring(0, scheme.indexOf('+'));
    }

    /** The decorated device: without the outermost decorator and its parameters. */
    public DeviceUri inner() {
        return new DeviceUri(scheme.substring(scheme.indexOf('+') + 1), path, parameters(false));
    }

    /** What the outermost decorator reads: the same scheme and path, with its own parameters only. */
    public DeviceUri forDecorator() {
        return new DeviceUri(scheme, path, parameters(true));
    }

    /** The parameters that are the outermost decorator's, or the others. */
    private Map<String, String> parameters(boolean own) {
        String name = decorator();
        Map<String, String> some = new TreeMap<>(parameters);
        some.keySet().removeIf(each -> own != (each.equals(name) || each.startsWith(name + ".")));
        return some;
    }

    /** The same device with one more parameter, or another value for one. */
    public DeviceUri with(String name, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return new DeviceUri(scheme, path, more);
    }

    /** The URI as text, parameters in the order of their names. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append(':').append(path);
        char separator = '?';
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            text.append(separator).append(each.getKey()).append('=').append(each.getValue());
            separator = '&';
        }
        return text.toString();
    }
}
