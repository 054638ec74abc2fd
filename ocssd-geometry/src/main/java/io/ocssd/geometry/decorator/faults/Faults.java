package io.ocssd.geometry.decorator.faults;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.Geometry;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A plan of what goes wrong on a device, and the damage that it has done so far.
 *
 * <p>Hand it to a {@link FaultyDevice}. It outlasts the device: what is broken stays broken when the device is opened again
 * with the same plan, as after a power cut; with {@link #keepDamageIn} it outlasts the process. Faults may be armed and
 * disarmed at any time, from any thread.
 *
 * <p>Equal seeds, faults and commands give equal damage. What is drawn at a block depends on the seed and on how many
 * programs, reads or erases the block has met, not on what happens elsewhere.
 */
public final class Faults implements Closeable {
    private static final VarHandle ARMED;

    static {
        try {
            ARMED = MethodHandles.lookup().findVarHandle(Faults.class, "armed", Armed.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long seed;
    private final List<ArmedFault> faults = new ArrayList<>();
    private final AtomicLongArray fired = new AtomicLongArray(FaultKind.values().length);
    private long lastId;
    private Path damagePath;
    private DamageFile damageFile;
    private Geometry geometry;
    private Damage damage;
    private volatile Armed armed;

    /**
     * A plan without faults.
     *
     * @param seed decides everything that is left to chance
     */
    public Faults(long seed) {
        this.seed = seed;
    }

    /** A plan with faults. */
    public static Faults of(long seed, Fault... faults) {
        Faults plan = new Faults(seed);
        for (Fault each : faults) {
            plan.arm(each);
        }
        return plan;
    }

    /**
     * Reads a fault file; see the package for its grammar.
     *
     * @throws NotFoundException when there is no such file
     * @throws NotRecognisedException when it is not text in UTF-8
     * @throws OcssdException when it can't be read, a directory for one
     * @throws IllegalArgumentException when a line is not understood; the message names file and line and what is possible
     */
    public static List<Fault> read(Path file) throws IOException {
        try {
            return FaultParser.parseAll(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new NotFoundException("there is no fault file " + file, "give the path of one");
        } catch (CharacterCodingException e) {
            throw new NotRecognisedException(
                    file + " is no fault file: it is not text in UTF-8; it was not changed", "give the path of one");
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
            throw new OcssdException(
                    "the fault file " + file + " can't be read: " + why,
                    "give the path of one, and see that it may be read",
                    e);
        }
    }

    /**
     * Adds a fault.
     *
     * @throws IllegalArgumentException when it names something that the device does not have; nothing changed then
     */
    public synchronized void arm(Fault fault) {
        ArmedFault more = new ArmedFault(fault, ++lastId);
        if (geometry != null) {
            more.check(geometry);
        }
        faults.add(more);
        prepare();
    }

    /**
     * Takes a fault back. What it has broken stays broken.
     *
     * @return false when no equal fault is armed
     */
    public synchronized boolean disarm(Fault fault) {
        boolean removed = faults.removeIf(each -> each.fault.equals(fault));
        prepare();
        return removed;
    }

    /** Takes all faults back. What they have broken stays broken. */
    public synchronized void disarmAll() {
        faults.clear();
        prepare();
    }

    /** What is armed, in the order in which it was. */
    public synchronized List<Fault> armed() {
        return faults.stream().map(each -> each.fault).collect(ImmutableList.toImmutableList());
    }

    /** How often faults of a kind have struck: a run of a program, a read, a block of an erase, a command. */
    public long fired(FaultKind kind) {
        return fired.get(kind.ordinal());
    }

    /** A fault has struck. */
    void count(FaultKind kind) {
        fired.incrementAndGet(kind.ordinal());
    }

    /** What is broken now, in the order of the addresses; nothing before the plan has met a device. */
    public synchronized List<DamagedBlock> damage() {
        return damage == null ? ImmutableList.of() : damage.list();
    }

    /** Mends everything that is broken. What is armed stays armed. */
    public synchronized void mend() {
        if (damage != null) {
            damage.mendAll();
            killDead();
        }
    }

    /**
     * Keeps the damage in a file as well, and begins with what is in there.
     *
     * <p>A file that is about another drive is refused when the plan meets its device. Drives are told apart by shape and
     * serial number: one that is made anew with the same serial number inherits the damage, so delete the file with it.
     *
     * @param file is made when it is not there; one process uses it at a time
     * @throws IllegalStateException when the plan has met a device already
     */
    public synchronized void keepDamageIn(Path file) {
        if (geometry != null) {
            throw new IllegalStateException("the plan has met a device already, file=" + file);
        }
        damagePath = file;
    }

    /** Lets go of the damage file, if there is one. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        if (damageFile != null) {
            damageFile.close();
        }
    }

    /**
     * Meets a device, for the first time or again.
     *
     * @throws IllegalArgumentException when the plan belongs to a device of another shape
     */
    synchronized void meet(Geometry of, String serial) throws IOException {
        if (geometry != null) {
            if (!geometry.equals(of)) {
                throw new IllegalArgumentException(
                        "the plan belongs to a device of another shape: " + geometry + ", not " + of);
            }
            return;
        }
        for (ArmedFault each : faults) {
            each.check(of);
        }
        Damage found = new Damage(of);
        if (damagePath != null) {
            damageFile = DamageFile.open(damagePath, of, serial, found);
            found.keepIn(damageFile);
        }
        damage = found;
        geometry = of;
        prepare();
    }

    /** The damage; only once a device was met. */
    synchronized Damage damageNow() {
        return damage;
    }

    /** What commands meet; only once a device was met. */
    Armed armedNow() {
        // All that it refers to is final: no order is needed.
        return (Armed) ARMED.getOpaque(this);
    }

    private void prepare() {
        if (geometry == null) {
            return;
        }
        long drawn = damageFile == null ? seed : Draws.key(seed, damageFile.openings());
        armed = new Armed(geometry, drawn, this, faults, damage, armed);
        damage.lookedAtBy(armed);
        killDead();
    }

    /** LUNs that are dead whatever is done to them are dead at once. */
    private void killDead() {
        for (ArmedFault each : faults) {
            boolean always = each.fault.kind == FaultKind.DEAD
                    && !each.isPassing()
                    && each.fault.operations == Fault.ALL_OPERATIONS;
            for (int lun = 0; always && lun < geometry.luns(); lun++) {
                if (each.isAt(geometry.blockPpa(lun, 0))) {
                    damage.kill(lun);
                }
            }
        }
    }
}
