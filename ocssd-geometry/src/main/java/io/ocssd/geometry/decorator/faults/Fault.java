package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.faults.FaultKind.Names;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One thing that goes wrong: what, where and when. Immutable.
 *
 * <p>Begin with what ({@link #earlyClose()}, {@link #unreadable()}, ...): such a fault hits everywhere and always. Then narrow
 * it: {@link #at}, {@link #block}, {@link #lun}, {@link #percent}, {@link #nth}. {@link #toString} writes it as a line of a
 * fault file, {@link #parse} reads one; see the package for their grammar.
 */
public final class Fault {
    static final int ALL_OPERATIONS = (1 << IoCommand.Operation.values().length) - 1;
    static final double CERTAIN = 100;

    final FaultKind kind;
    final NumberRange groups;
    final NumberRange punits;
    final NumberRange chunks;
    final NumberRange sectors;
    final double percent;
    final NumberRange nth;
    final int operations;
    final long nanos;
    final boolean resetFails;
    final boolean always;

    Fault(FaultFields fields) {
        this.kind = fields.kind;
        this.groups = fields.groups;
        this.punits = fields.punits;
        this.chunks = fields.chunks;
        this.sectors = fields.sectors;
        this.percent = fields.percent;
        this.nth = fields.nth;
        this.operations = fields.operations;
        this.nanos = fields.nanos;
        this.resetFails = fields.resetFails;
        this.always = fields.always;
    }

    /** Programs that fail and close their block. */
    public static Fault earlyClose() {
        return new FaultFields(FaultKind.EARLY_CLOSE).fault();
    }

    /** Programs that fail and lose a unit. */
    public static Fault nextUnit() {
        return new FaultFields(FaultKind.NEXT_UNIT).fault();
    }

    /** Erases that fail and take their block offline. */
    public static Fault resetFail() {
        return new FaultFields(FaultKind.RESET_FAIL).fault();
    }

    /** Sectors that can't be read. */
    public static Fault unreadable() {
        return new FaultFields(FaultKind.UNREADABLE).fault();
    }

    /** Reads of good data with a high error count. */
    public static Fault highEcc() {
        return new FaultFields(FaultKind.HIGH_ECC).fault();
    }

    /** LUNs that die. */
    public static Fault dead() {
        return new FaultFields(FaultKind.DEAD).fault();
    }

    /**
     * LUNs that take longer.
     *
     * @param nanos what a command takes more, at least 1
     */
    public static Fault slow(long nanos) {
        FaultFields fields = new FaultFields(FaultKind.SLOW);
        fields.setNanos(nanos);
        return fields.fault();
    }

    /** A device that goes away. */
    public static Fault gone() {
        return new FaultFields(FaultKind.GONE).fault();
    }

    /**
     * Reads a line of a fault file.
     *
     * @throws IllegalArgumentException when it is none; the message names what is wrong and what is possible
     */
    public static Fault parse(String line) {
        return FaultParser.parse(line);
    }

    /** What goes wrong. */
    public FaultKind kind() {
        return kind;
    }

    /** Only at this sector. */
    public Fault at(long ppa) {
        FaultFields fields = block(ppa).fields();
        fields.setSectors(NumberRange.of(Ppa.sector(ppa)));
        return fields.fault();
    }

    /** Only in the block of this address. */
    public Fault block(long ppa) {
        FaultFields fields = lun(Ppa.channel(ppa), Ppa.lun(ppa)).fields();
        fields.setChunks(NumberRange.of(Ppa.block(ppa)));
        return fields.fault();
    }

    /** Only in this LUN. */
    public Fault lun(int channel, int lun) {
        FaultFields fields = fields();
        fields.setGroups(NumberRange.of(channel));
        fields.setPunits(NumberRange.of(lun));
        return fields.fault();
    }

    /** Only at the sectors {@code first} to {@code last} of each block. */
    public Fault sectors(int first, int last) {
        FaultFields fields = fields();
        fields.setSectors(new NumberRange(first, last));
        return fields.fault();
    }

    /**
     * Only so often, drawn by the seed of the plan.
     *
     * @param percent 0 to 100, of what matches otherwise
     */
    public Fault percent(double percent) {
        FaultFields fields = fields();
        fields.setPercent(percent);
        return fields.fault();
    }

    /** Only once: at match number {@code number}, counted from 1. */
    public Fault nth(long number) {
        return nth(number, number);
    }

    /** Only from match number {@code first} to number {@code last}, counted from 1. */
    public Fault nth(long first, long last) {
        FaultFields fields = fields();
        fields.setNth(new NumberRange(first, last));
        return fields.fault();
    }

    /** Only at commands that do this; for {@link #dead()}, {@link #slow} and {@link #gone()}. */
    public Fault of(IoCommand.Operation first, IoCommand.Operation... more) {
        FaultFields fields = fields();
        fields.setOperations(EnumSet.of(first, more));
        return fields.fault();
    }

    /** The next erase of a block that was closed early fails as well; for {@link #earlyClose()}. */
    public Fault thenResetFails() {
        FaultFields fields = fields();
        fields.setResetFails(true);
        return fields.fault();
    }

    /** Is reported whether the media feedback feature asks for it or not; for {@link #highEcc()}. */
    public Fault always() {
        FaultFields fields = fields();
        fields.setAlways(true);
        return fields.fault();
    }

    /** The fault as a line of a fault file. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(kind.label());
        append(line, Names.GROUP, groups, 0);
        append(line, Names.PUNIT, punits, 0);
        append(line, Names.CHUNK, chunks, 0);
        append(line, Names.SECTR, sectors, 0);
        if (percent != CERTAIN) {
            append(
                    line,
                    Names.PROB,
                    BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString());
        }
        append(line, Names.NTH, nth, 1);
        if (operations != ALL_OPERATIONS) {
            append(line, Names.OF, operationNames());
        }
        if (kind == FaultKind.SLOW) {
            append(line, Names.NANOS, Long.toString(nanos));
        }
        if (resetFails) {
            append(line, Names.RESET, FaultParser.FAILS);
        }
        if (always) {
            append(line, Names.ALWAYS, FaultParser.YES);
        }
        return line.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fault fault && toString().equals(fault.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    FaultFields fields() {
        return new FaultFields(this);
    }

    static int mask(Set<IoCommand.Operation> operations) {
        int mask = 0;
        for (IoCommand.Operation each : operations) {
            mask |= 1 << each.ordinal();
        }
        return mask;
    }

    private String operationNames() {
        StringBuilder names = new StringBuilder();
        for (IoCommand.Operation each : IoCommand.Operation.values()) {
            if ((operations & 1 << each.ordinal()) != 0) {
                names.append(names.isEmpty() ? "" : "+").append(each.name().toLowerCase(Locale.ROOT));
            }
        }
        return names.toString();
    }

    private static void append(StringBuilder line, String name, NumberRange range, long least) {
        if (!range.isAll(least)) {
            append(line, name, range.toString());
        }
    }

    private static void append(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append('=').append(value);
    }
}
