package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Ppa;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmulatorSmokeTest {
    @TempDir
    Path directory;

    @Test
    void real() throws Exception {
        String uri = "emu:" + directory.resolve("a.img");
        Ocssd.create(uri + "?profile=tiny");
        run(uri, Scheduler.real());
    }

    @Test
    void simulated() throws Exception {
        run("mem:?profile=tiny", Scheduler.simulated(1));
    }

    private static void run(String uri, Scheduler scheduler) throws Exception {
        scheduler.run("test", () -> {
            try (FlashDevice device = Ocssd.openDevice(uri, scheduler);
                    IoQueue queue = device.openQueue(4)) {
                int block = 0;
                while (device.report().state(block) != io.ocssd.device.BlockState.FREE) {
                    block++;
                }
                long ppa = device.geometry().blockPpa(block);
                IoBufferPool pool = new IoBufferPool(4096 * 32, 2);
                IoBuffer out = pool.tryTake();
                out.bytes().putLong(0, 42).putLong(4096 * 31, 43);
                IoBuffer in = pool.tryTake();
                IoCommand command = new IoCommand();
                assertThat(queue.submit(command.write(out, 0).addRun(ppa, 32).tag(7)))
                        .isTrue();
                assertThat(queue.submit(command.read(in, 0).addRun(ppa, 32).tag(8)))
                        .isTrue();
                assertThat(queue.await(2, Long.MAX_VALUE)).isEqualTo(2);
                Completion completion = new Completion();
                assertThat(queue.poll(completion)).isTrue();
                assertThat(completion.tag()).isEqualTo(7);
                assertThat(completion.status()).isZero();
                assertThat(queue.poll(completion)).isTrue();
                assertThat(completion.tag()).isEqualTo(8);
                assertThat(completion.status()).isZero();
                assertThat(in.bytes().getLong(4096 * 31)).isEqualTo(43);
                assertThat(device.counters().programmedBytes()).isEqualTo(32 * 4096);
                assertThat(Ppa.sector(ppa)).isZero();
            }
            return null;
        });
    }
}
