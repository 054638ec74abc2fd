package io.ocssd.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a policy says of itself.
 *
 * @param name lower-case letters, digits and dashes; unique among the policies of its kind
 * @param summary what it does, in one line
 * @param options that it can be given, in the order in which they are shown
 */
public record PolicyInfo(String name, String summary, List<PolicyOption> options) {
    /** Checks the name and copies the list. */
    public PolicyInfo {
        PolicyChoice.checkName(name);
        options = List.copyOf(options);
    }

    /**
     * Checks that a choice names no option that is not there.
     *
     * @throws IllegalArgumentException when it does; the message says which there are
     */
    public void check(PolicyChoice choice) {
        for (String each : choice.options().keySet()) {
            if (options.stream().noneMatch(option -> option.name().equals(each))) {
                throw new IllegalArgumentException("policy \"" + name + "\" has no option \"" + each + "\"; it has "
                        + (options.isEmpty()
                                ? "none"
                                : options.stream().map(PolicyOption::name).collect(Collectors.joining(", "))));
            }
        }
    }

    /**
     * The value of an option: what the choice says, or the standard.
     *
     * @throws IllegalArgumentException when it is no number or out of bounds
     */
    public long value(PolicyChoice choice, String option) {
        PolicyOption of = options.stream()
                .filter(each -> each.name().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("option=" + option));
        String given = choice.options().get(option);
        if (given == null) {
            return of.standard();
        }
        try {
            return of.value(given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("policy \"" + name + "\": " + e.getMessage(), e);
        }
    }
}
