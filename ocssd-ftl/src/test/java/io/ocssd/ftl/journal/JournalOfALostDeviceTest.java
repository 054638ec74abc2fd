package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.ForwardingDevice;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device that goes away between two commands: nobody waits for ever. */
final class JournalOfALostDeviceTest {
    /** The scheduler says so when all tasks wait. */
    @Test
    void everyRecordEndsWhicheverQueueIsTheLastOne() throws Exception {
        int queues = 1;
        while (!everyRecordEnds(queues)) {
            queues++;
        }
        assertThat(queues).as("queues of a life").isGreaterThan(60);
    }

    /** Returns whether the device stayed. */
    private static boolean everyRecordEnds(int queues) throws Exception {
        boolean[] gone = {false};
        TestDrive.simulated(queues, scheduler -> {
            try (FlashDevice device =
                    new LosingQueues(Ocssd.openDevice("mem:?profile=tiny&factoryBad=0", scheduler), queues)) {
                JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                // Every use of the device opens a queue from here on.
                rig.media.closePaths();
                gone[0] = record(rig, scheduler);
                rig.journal.close();
            } catch (GoneException e) {
                gone[0] = true;
            }
            return null;
        });
        return !gone[0];
    }

    private static boolean record(JournalRig rig, Scheduler scheduler) throws Exception {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long first = 1000L * i;
            tasks.add(scheduler.spawn("eraser " + i, () -> {
                for (long id = first; id < first + 40; id++) {
                    rig.journal.beginErase(id);
                }
            }));
        }
        boolean gone = false;
        for (Task task : tasks) {
            try {
                task.join();
            } catch (GoneException e) {
                gone = true;
            }
        }
        if (gone) {
            assertThatThrownBy(() -> rig.journal.beginErase(1)).isInstanceOf(GoneException.class);
        }
        return gone;
    }

    /** Goes away with the opening of a queue. */
    private static final class LosingQueues extends ForwardingDevice {
        private int left;

        LosingQueues(FlashDevice device, int left) {
            super(device);
            this.left = left;
        }

        @Override
        public IoQueue openQueue(int depth) throws GoneException {
            if (left == 0) {
                throw new GoneException("the device is gone", "");
            }
            left--;
            return super.openQueue(depth);
        }
    }
}
