package io.ocssd.geometry.decorator;

import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parameters of one decorator, read with checks whose sentences name the parameter and what is possible.
 *
 * <p>They are called by the name of the decorator ({@code trace=FILE}) or by what follows it and a dot ({@code seed} for
 * {@code faults.seed=3}).
 */
public final class DecoratorParameters {
    private final DeviceUri uri;
    private final String decorator;
    private final Map<String, String> values = new TreeMap<>();

    /**
     * Takes the parameters of a URI.
     *
     * @param uri with the parameters of the decorator only
     * @param decorator its name
     * @param known parameters that it has
     * @throws IllegalArgumentException when another one is given
     */
    public DecoratorParameters(DeviceUri uri, String decorator, Set<String> known) {
        this.uri = uri;
        this.decorator = decorator;
        for (Map.Entry<String, String> each : uri.parameters().entrySet()) {
            String full = each.getKey();
            String name = full.equals(decorator) ? decorator : full.substring(decorator.length() + 1);
            if (!known.contains(name) || full.equals(decorator + "." + decorator)) {
                throw new IllegalArgumentException(
                        decorator + "+ has no parameter \"" + full + "\"; possible: " + possible(known));
            }
            values.put(name, each.getValue());
        }
    }

    private String possible(Set<String> known) {
        List<String> full = new ArrayList<>();
        for (String each : new TreeSet<>(known)) {
            full.add(fullName(each));
        }
        return String.join(", ", full);
    }

    private String fullName(String name) {
        return name.equals(decorator) ? decorator : decorator + "." + name;
    }

    /**
     * What a device is opened as: the URI of the decorated one with the decorator and its parameters.
     *
     * @param inner the decorated device
     */
    public String decorated(FlashDevice inner) {
        Map<String, String> all = new TreeMap<>();
        String own = inner.info().uri();
        int question = own.indexOf('?');
        if (question >= 0) {
            all.putAll(DeviceUri.parse(own).parameters());
        }
        all.putAll(uri.parameters());
        return new DeviceUri(uri.scheme(), uri.path(), all).toString();
    }

    /** Whether a parameter is given. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A parameter as it is given. */
    public String text(String name, String byDefault) {
        return values.getOrDefault(name, byDefault);
    }

    /** One of a few words. */
    public String choice(String name, String byDefault, List<String> possible) {
        String value = values.getOrDefault(name, byDefault);
        if (!possible.contains(value)) {
            throw wrong(name, String.join(", ", possible));
        }
        return value;
    }

    /** A whole number inside bounds. */
    public long number(String name, long byDefault, long least, long most) {
        String value = values.get(name);
        if (value == null) {
            return byDefault;
        }
        String possible = "a whole number from " + least + " to " + most;
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw wrong(name, possible);
        }
        if (number < least || number > most) {
            throw wrong(name, possible);
        }
        return number;
    }

    /** A parameter that is given has a value that is not possible. */
    public IllegalArgumentException wrong(String name, String possible) {
        return new IllegalArgumentException(
                fullName(name) + "=" + values.get(name) + " is not possible; possible: " + possible);
    }
}
