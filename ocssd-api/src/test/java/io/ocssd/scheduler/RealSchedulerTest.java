package io.ocssd.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RealSchedulerTest extends SchedulerContract {
    @Override
    Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Test
    void anInterruptIsKeptForTheCallerAndEndsNoWait() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            Signal signal = scheduler.newSignal();
            Thread.currentThread().interrupt();
            long deadline = scheduler.nanoTime() + 2_000_000;
            assertThat(signal.await(0, deadline)).isFalse();
            assertThat(scheduler.nanoTime()).isGreaterThanOrEqualTo(deadline);
            scheduler.sleepUntil(deadline + 1_000_000);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void chargesCostNothing() {
        try (Scheduler scheduler = Scheduler.real()) {
            long start = scheduler.nanoTime();
            scheduler.charge(HostCost.COMMAND, 1_000_000_000_000L);
            assertThat(scheduler.nanoTime() - start).isLessThan(480L * 1_000_000_000_000L);
            assertThat(scheduler.isSimulated()).isFalse();
        }
    }
}
