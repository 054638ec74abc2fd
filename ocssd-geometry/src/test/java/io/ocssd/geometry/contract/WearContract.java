package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Blocks that wear out. */
abstract class WearContract extends Theme {
    private static final int MOST_ERASES = 2_000;

    /** Fills and erases a block until it is offline, and notes each step: wear index, then the status that ended it. */
    private static List<Integer> wearOut(Rig rig, long block) throws Exception {
        int index = rig.geometry.blockIndex(block);
        List<Integer> story = new ArrayList<>();
        for (int erases = 0; erases < MOST_ERASES; erases++) {
            BlockReport report = rig.device.report();
            story.add(report.wearIndex(index));
            assertThat(report.wearIndex(index)).as("erases=%d", erases).isBetween(0, 254);
            Outcome erased = rig.state(block) == BlockState.FREE ? fillAndErase(rig, block) : rig.erase(block);
            if (erased.status() != 0 || rig.state(block) == BlockState.OFFLINE) {
                story.add(erased.status());
                return story;
            }
        }
        throw new AssertionError("still not worn out after " + MOST_ERASES + " erases");
    }

    /** Fills a block, as far as it lets itself be filled, and erases it. */
    private static Outcome fillAndErase(Rig rig, long block) throws Exception {
        int n = rig.limits.wsMin();
        for (int at = 0; at < rig.geometry.sectorsPerBlock() && rig.state(block) != BlockState.CLOSED; at += n) {
            Outcome written = rig.write(block + at, n);
            if (written.status() != 0) {
                // A worn block may fail a program: then it is closed where the program stopped.
                assertThat(written.status()).isEqualTo(0x2F1);
                assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
                assertThat(rig.writePointer(block)).isBetween(at, at + n - 1);
                int failed = rig.writePointer(block) - at;
                assertThat(written).isEqualTo(rig.refused(0x2F1, failed, n));
            }
        }
        return rig.erase(block);
    }

    @ContractTest(needs = {Trait.WEARS_OUT, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.WEAR_OUT, Rule.WEAR_INDEX, Rule.WEAR_GROWN_BAD, Rule.REPORT_WEAR, Rule.STATE_ERASE_FAILS})
    void everyBlockGoesOfflineInTheEnd(Rig rig) throws Exception {
        for (int i = 0; i < 3; i++) {
            long block = rig.freeBlock(0);
            List<Integer> story = wearOut(rig, block);
            int last = story.get(story.size() - 1);
            // Either the drive took it out of use when its index was reached, or an erase failed before.
            assertThat(last).isIn(0x000, 0x2C1);
            assertThat(rig.state(block)).isEqualTo(BlockState.OFFLINE);
            assertThat(story.subList(0, story.size() - 1)).isSorted();
            if (last == 0) {
                assertThat(rig.device.report().wearIndex(rig.geometry.blockIndex(block)))
                        .isEqualTo(255);
            }
            assertThat(rig.erase(block)).isEqualTo(rig.refused(0x2C0, 0, 1));
            assertThat(rig.write(block, rig.limits.wsMin()).status()).isEqualTo(0x280);
            assertThat(rig.read(block)).isEqualTo(rig.refused(0x287, 0, 1));
        }
    }

    @ContractTest(needs = {Trait.WEARS_OUT, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.WEAR_GROWN_BAD, Rule.WEAR_FACTORY_BAD})
    void drivesOfOneSeedWearAlike(Stand stand) throws Exception {
        List<Object> first = storyOfThree(stand);
        assertThat(storyOfThree(stand)).isEqualTo(first);
    }

    private static List<Object> storyOfThree(Stand stand) throws Exception {
        try (Rig rig = stand.open()) {
            List<Object> stories = new ArrayList<>(rig.freeBlocks());
            for (int i = 0; i < 3; i++) {
                stories.add(wearOut(rig, rig.freeBlock(0)));
            }
            return stories;
        }
    }

    @ContractTest(needs = {Trait.WEARS_OUT, Trait.ERASE_COUNTS})
    @Proves(Rule.WEAR_INDEX)
    void theIndexGrowsInProportion(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int index = rig.geometry.blockIndex(block);
        List<Integer> story = wearOut(rig, block);
        // One endurance must explain every step: erases x 255 / endurance, cut off.
        int erases = story.size() - 2;
        assertThat(rig.device.report().eraseCount(index)).isBetween((long) erases, erases + 1L);
        assertThat(story.get(0)).isZero();
        boolean explained = false;
        for (int endurance = 1; endurance <= 2 * MOST_ERASES && !explained; endurance++) {
            explained = true;
            for (int i = 0; i <= erases && explained; i++) {
                explained = story.get(i) == Math.min(255, i * 255 / endurance);
            }
        }
        assertThat(explained).as("wear indexes %s", story).isTrue();
    }

    @ContractTest(needs = {Trait.NOTIFIES_WEAR, Trait.WEARS_OUT, Trait.SEVERAL_BLOCKS, Trait.PAGES})
    @Proves({Rule.WEAR_NOTIFICATION, Rule.NOTIFY_ENTRY, Rule.NOTIFY_ONCE})
    void aBlockThatIsWornMoreThanOthersIsNotified(Rig rig) throws Exception {
        DeviceAdmin admin = rig.device.admin();
        long block = rig.freeBlock(1);
        long before = admin.notifications().version();
        assertThat(entries(admin)).as("a new drive has nothing to say").isZero();
        wearOut(rig, block);
        assertThat(admin.notifications().version()).isGreaterThan(before);
        ByteBuffer log = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        admin.logPage(DeviceAdmin.LOG_CHUNK_NOTIFICATION, 0, log);
        assertThat(log.position()).isEqualTo(64);
        assertThat(log.getLong(0)).as("notification count").isEqualTo(1);
        assertThat(log.getLong(8)).as("lba").isEqualTo(PageContract.slba(rig.geometry, block));
        assertThat(log.getInt(16)).as("nsid").isEqualTo(1);
        assertThat(log.getShort(20) & 1 << 8)
                .as("wear index outside its threshold")
                .isNotZero();
        assertThat(log.get(22) & 1 << 1).as("the mask says chunk").isNotZero();
    }

    private static int entries(DeviceAdmin admin) throws Exception {
        ByteBuffer log = ByteBuffer.allocate(64 * 1024);
        admin.logPage(DeviceAdmin.LOG_CHUNK_NOTIFICATION, 0, log);
        return log.position() / 64;
    }
}
