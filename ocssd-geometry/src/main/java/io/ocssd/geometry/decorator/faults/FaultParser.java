package io.ocssd.geometry.decorator.faults;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.ocssd.device.IoCommand;
import io.ocssd.geometry.decorator.faults.FaultKind.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads faults from text; the grammar is in the description of the package. Stateless. */
final class FaultParser {
    static final String FAILS = "fails";
    static final String YES = "yes";

    private static final Splitter WORDS =
            Splitter.onPattern("[\\s,]+").omitEmptyStrings().trimResults();
    private static final char COMMENT = '#';

    private FaultParser() {}

    /**
     * Reads several faults, one a line.
     *
     * @param where they come from, for messages
     */
    static ImmutableList<Fault> parseAll(String where, List<String> lines) {
        ImmutableList.Builder<Fault> faults = ImmutableList.builder();
        int number = 0;
        for (String line : lines) {
            number++;
            String text = withoutComment(line);
            if (text.isBlank()) {
                continue;
            }
            try {
                faults.add(parse(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(where + " line " + number + ": " + e.getMessage(), e);
            }
        }
        return faults.build();
    }

    static Fault parse(String line) {
        Iterator<String> words = WORDS.split(withoutComment(line)).iterator();
        if (!words.hasNext()) {
            throw new IllegalArgumentException("a fault begins with its kind; possible: " + kinds());
        }
        FaultFields fields = new FaultFields(kind(words.next()));
        Set<String> given = new HashSet<>();
        while (words.hasNext()) {
            String word = words.next();
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + word + "\" is not of the form name=value; possible names: "
                        + String.join(", ", fields.kind.fields()));
            }
            String name = word.substring(0, equals);
            fields.check(name);
            if (!given.add(name)) {
                throw new IllegalArgumentException(name + " is given twice");
            }
            set(fields, name, word.substring(equals + 1));
        }
        if (fields.kind == FaultKind.SLOW && !given.contains(Names.NANOS)) {
            throw new IllegalArgumentException("slow needs nanos=NUMBER: what a command takes more");
        }
        return fields.fault();
    }

    private static void set(FaultFields fields, String name, String value) {
        switch (name) {
            case Names.GROUP -> fields.setGroups(range(name, value, 0));
            case Names.PUNIT -> fields.setPunits(range(name, value, 0));
            case Names.CHUNK -> fields.setChunks(range(name, value, 0));
            case Names.SECTR -> fields.setSectors(range(name, value, 0));
            case Names.NTH -> fields.setNth(range(name, value, 1));
            case Names.PROB -> fields.setPercent(percent(name, value));
            case Names.OF -> fields.setOperations(operations(name, value));
            case Names.NANOS -> fields.setNanos(nanos(name, value));
            case Names.RESET -> fields.setResetFails(word(name, value, "works", FAILS));
            case Names.ALWAYS -> fields.setAlways(word(name, value, "no", YES));
            default -> throw new IllegalStateException("field=" + name);
        }
    }

    private static FaultKind kind(String word) {
        for (FaultKind each : FaultKind.values()) {
            if (each.label().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is no kind of fault; possible: " + kinds());
    }

    private static String kinds() {
        return Arrays.stream(FaultKind.values()).map(FaultKind::label).collect(Collectors.joining(", "));
    }

    private static NumberRange range(String name, String value, long least) {
        try {
            return NumberRange.parse(value, least);
        } catch (IllegalArgumentException e) {
            throw wrong(name, value, NumberRange.POSSIBLE + ", from " + least + " on", e);
        }
    }

    static double percent(String name, String value) {
        String possible = "percent from 0 to 100, for example 0.1";
        try {
            double percent = Double.parseDouble(value);
            if (percent >= 0 && percent <= Fault.CERTAIN) {
                return percent;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, value, possible, e);
        }
        throw wrong(name, value, possible, null);
    }

    private static long nanos(String name, String value) {
        try {
            long nanos = Long.parseLong(value);
            if (nanos >= 1) {
                return nanos;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, value, "a whole number from 1 on", e);
        }
        throw wrong(name, value, "a whole number from 1 on", null);
    }

    private static Set<IoCommand.Operation> operations(String name, String value) {
        EnumSet<IoCommand.Operation> some = EnumSet.noneOf(IoCommand.Operation.class);
        for (String each : Splitter.on('+').split(value)) {
            try {
                some.add(IoCommand.Operation.valueOf(each.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                List<String> possible = new ArrayList<>();
                for (IoCommand.Operation operation : IoCommand.Operation.values()) {
                    possible.add(operation.name().toLowerCase(Locale.ROOT));
                }
                throw wrong(name, value, "one or, with plus signs, more of " + String.join(", ", possible), e);
            }
        }
        return some;
    }

    private static boolean word(String name, String value, String no, String yes) {
        if (!value.equals(no) && !value.equals(yes)) {
            throw wrong(name, value, yes + ", " + no, null);
        }
        return value.equals(yes);
    }

    private static IllegalArgumentException wrong(String name, String value, String possible, Throwable cause) {
        return new IllegalArgumentException(name + "=" + value + " is not possible; possible: " + possible, cause);
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf(COMMENT);
        return comment < 0 ? line : line.substring(0, comment);
    }
}
