package io.ocssd.geometry.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A recorded exchange with a drive; {@code testdata/captures/README.md} says what recorded it. */
record Capture(List<String> lines) {
    private static final Pattern BYTES = Pattern.compile("[0-9a-f]{2}( [0-9a-f]{2})*");
    private static final Pattern CHUNK = Pattern.compile(
            "   chunk .*g(\\d+) p(\\d+) c(\\d+): r=0 st=0x(\\w+) type=0x(\\w+) wi=(\\d+)(?: slba=0x(\\w+))? cnlb=(\\d+) wp=(\\d+)");

    /** A line about a chunk; {@code address} is -1 when it was not printed. */
    record Chunk(
            int group, int pu, int chunk, int state, int type, int wear, long address, int sectors, long pointer) {}

    static Capture named(String name) {
        try {
            return new Capture(
                    Files.readAllLines(Path.of("..", "testdata", "captures", name), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hex dump below the one line that begins like this. */
    byte[] dump(String heading) {
        int line = 0;
        while (!lines.get(line).startsWith(heading)) {
            line++;
        }
        StringBuilder bytes = new StringBuilder();
        for (line++; BYTES.matcher(lines.get(line)).matches(); line++) {
            bytes.append(bytes.length() == 0 ? "" : " ").append(lines.get(line));
        }
        return HexFormat.ofDelimiter(" ").parseHex(bytes);
    }

    /** The number that stands behind a name in the first line that begins like this; decimal or 0x... */
    int number(String line, String name) {
        String text =
                lines.stream().filter(each -> each.startsWith(line)).findFirst().orElseThrow();
        Matcher matcher = Pattern.compile("\\b" + name + "=?(0x)?(\\w+)").matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(name + " is not in: " + text);
        }
        return Integer.parseInt(matcher.group(2), matcher.group(1) == null ? 10 : 16);
    }

    Stream<Chunk> chunks() {
        List<Chunk> chunks = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = CHUNK.matcher(line);
            if (matcher.matches()) {
                chunks.add(new Chunk(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4), 16),
                        Integer.parseInt(matcher.group(5), 16),
                        Integer.parseInt(matcher.group(6)),
                        matcher.group(7) == null ? -1 : Long.parseLong(matcher.group(7), 16),
                        Integer.parseInt(matcher.group(8)),
                        Long.parseLong(matcher.group(9))));
            }
        }
        return chunks.stream();
    }
}
