package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads ids of vblocks: {@code 0x100000001} or decimal. */
final class VblockId {
    private VblockId() {}

    /** Reads one. Not a converter of picocli: it takes what it can't convert for an argument too many. */
    static long parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        try {
            long id = plain.startsWith("0x") ? Long.parseLong(plain.substring(2), 16) : Long.parseLong(plain);
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    /** Reads several, each once. */
    static List<Long> parse(List<String> texts) {
        List<Long> ids = new ArrayList<>();
        for (String text : texts) {
            long id = parse(text);
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static Failure wrong(String text, NumberFormatException cause) {
        return Failure.usage(
                "\"" + text + "\" is no id of a vblock",
                "give it as ocssd vblock list shows it, for example 0x100000001",
                cause);
    }
}
