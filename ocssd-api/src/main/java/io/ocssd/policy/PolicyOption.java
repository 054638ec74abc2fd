package io.ocssd.policy;

/**
 * A number that a policy can be given.
 *
 * @param name lower-case letters, digits and dashes
 * @param summary what it decides, in one line
 * @param least smallest value
 * @param most largest value
 * @param standard value when it is not given
 */
public record PolicyOption(String name, String summary, long least, long most, long standard) {
    /** Checks the bounds. */
    public PolicyOption {
        PolicyChoice.checkName(name);
        if (least > standard || standard > most) {
            throw new IllegalArgumentException("least=" + least + ", standard=" + standard + ", most=" + most);
        }
    }

    /** What stands in a choice, as a number within the bounds. */
    long value(String text) {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=\"" + text + "\" is no whole number", e);
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " is not in " + least + ".." + most);
        }
        return value;
    }
}
