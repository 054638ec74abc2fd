package io.ocssd.geometry.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a C program printed of the kernel's headers, in testdata/captures. */
public final class RecordedAbi {
    private static final Pattern STRUCT = Pattern.compile("struct (\\S+) +size=(\\d+).*");
    private static final Pattern FIELD = Pattern.compile("  (\\S+) +off=(\\d+) +size=(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("(\\S+) +0x([0-9A-Fa-f]+)");

    private final Map<String, Long> numbers = new HashMap<>();

    /** Reads one file. */
    public RecordedAbi(String file) throws IOException {
        String struct = "";
        for (String line : Files.readAllLines(Path.of("..", "testdata", "captures", file))) {
            Matcher structs = STRUCT.matcher(line);
            Matcher fields = FIELD.matcher(line);
            Matcher named = NUMBER.matcher(line);
            if (structs.matches()) {
                struct = structs.group(1);
                numbers.put(struct, Long.valueOf(structs.group(2)));
            } else if (fields.matches()) {
                numbers.put(struct + "." + fields.group(1), Long.valueOf(fields.group(2)));
            } else if (named.matches()) {
                numbers.put(named.group(1), Long.parseUnsignedLong(named.group(2), 16));
            }
        }
    }

    /** A number, the size of a structure, or the offset of its field {@code structure.field}. */
    public long of(String name) {
        Long number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException(name + " was not recorded");
        }
        return number;
    }
}
