package io.ocssd.policy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A policy by its name, with options: {@code wear-aware}, {@code active-luns:luns=4}.
 *
 * @param name of the policy
 * @param options values by name, as they were written
 */
public record PolicyChoice(String name, Map<String, String> options) {
    private static final char OPTIONS_BEGIN = ':';
    private static final String SEPARATOR = ",";
    private static final char IS = '=';

    /** Checks the name, copies the options. */
    public PolicyChoice {
        checkName(name);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** A policy with nothing but standard values. */
    public static PolicyChoice of(String name) {
        return new PolicyChoice(name, Map.of());
    }

    /**
     * Reads {@code name} or {@code name:option=value,option=value}.
     *
     * @throws IllegalArgumentException when the text is not of that form, or names an option twice
     */
    public static PolicyChoice parse(String text) {
        int begin = text.indexOf(OPTIONS_BEGIN);
        if (begin < 0) {
            return of(text);
        }
        Map<String, String> options = new TreeMap<>();
        for (String each : text.substring(begin + 1).split(SEPARATOR, -1)) {
            int is = each.indexOf(IS);
            if (is < 1) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no policy: \"" + each + "\" is not of the form option=value");
            }
            if (options.put(each.substring(0, is), each.substring(is + 1)) != null) {
                throw new IllegalArgumentException("\"" + text + "\" names an option twice: " + each.substring(0, is));
            }
        }
        return new PolicyChoice(text.substring(0, begin), options);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        char before = OPTIONS_BEGIN;
        for (Map.Entry<String, String> each : options.entrySet()) {
            text.append(before).append(each.getKey()).append(IS).append(each.getValue());
            before = SEPARATOR.charAt(0);
        }
        return text.toString();
    }

    static void checkName(String name) {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of lower-case letters, digits and dashes");
        }
    }
}
