package io.ocssd.geometry.emulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/** Counts commands while a power cut is planned. Thread-safe; costs a load while none is. */
final class CutTrigger {
    /** A plan and how many commands came since it was made. */
    private record Armed(CutPlan plan, AtomicLong submitted) {}

    private static final VarHandle ARMED;

    static {
        try {
            ARMED = MethodHandles.lookup().findVarHandle(CutTrigger.class, "armed", Armed.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Armed armed;

    CutTrigger(CutPlan plan) {
        arm(plan);
    }

    /** Plans a cut in place of the one planned before; null for none. */
    void arm(CutPlan plan) {
        armed = plan == null ? null : new Armed(plan, new AtomicLong());
    }

    /** Whether commands have to be counted. */
    boolean isArmed() {
        return ARMED.getOpaque(this) != null;
    }

    /**
     * Counts a command.
     *
     * @return the plan when this is the command that it names or a later one, else null
     */
    CutPlan count() {
        Armed now = armed;
        return now != null && now.submitted.incrementAndGet() >= now.plan.command() ? now.plan : null;
    }
}
