package io.ocssd.cli.architecture;

/**
 * A broken ban.
 *
 * @param className the class that breaks it
 * @param method the method, {@code null} in the head of the class or in a field
 * @param source the source file, {@code null} where the class file does not say
 * @param line the line, 0 where the class file does not say
 * @param ban the ban
 * @param what what is used
 */
record Finding(String className, String method, String source, int line, Ban ban, String what) {

    @Override
    public String toString() {
        return className
                + (method == null ? "" : "." + method)
                + (source == null ? "" : " (" + source + (line == 0 ? "" : ":" + line) + ")")
                + ": " + what + " is banned above geometry [" + ban + "]: " + ban.instead();
    }
}
