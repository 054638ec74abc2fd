package io.ocssd.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every device must do, whatever it is: the rules of Open-Channel SSD 2.0 with their status codes, and the contract of
 * queues. A device's test extends this and says how one is opened.
 */
public abstract class FlashDeviceContract {
    /** What is done with a device. */
    protected interface Body {
        void run(Rig rig) throws Exception;
    }

    /** Drives on which every rule is tried: one LUN, counts that are no powers of two, wsMin 1, no window, no OOB. */
    static List<String> shapes() {
        return List.of(
                "channels=1&luns=1&blocks=9&sectors=12&wsMin=1&wsOpt=3&mwCunits=0&factoryBad=1",
                "channels=3&luns=1&blocks=8&sectors=24&wsMin=4&wsOpt=8&mwCunits=12&oobBytes=8&factoryBad=2",
                "channels=2&luns=3&blocks=8&sectors=20&wsMin=2&wsOpt=4&mwCunits=8&sectorBytes=512&factoryBad=3&seed=9",
                "channels=1&luns=2&blocks=8&sectors=16&wsMin=4&wsOpt=4&mwCunits=4&oobBytes=0&factoryBad=1");
    }

    /** A scheduler of the kind that this device is tried with. */
    protected abstract Scheduler newScheduler();

    /** Opens a new drive of this shape. */
    protected abstract FlashDevice openNew(String shape, Scheduler scheduler) throws Exception;

    private void on(String shape, Body body) throws Exception {
        try (Scheduler scheduler = newScheduler()) {
            scheduler.run("contract", () -> {
                try (Rig rig = new Rig(openNew(shape, scheduler))) {
                    body.run(rig);
                }
                return null;
            });
        }
    }

    private static long bits(int from, int to) {
        return (-1L << from) & (-1L >>> (64 - to));
    }

    private static Outcome refused(int status, int from, int to) {
        return new Outcome(status, bits(from, to));
    }

    /** Two sizes below are expected to be wsOpt sectors: every shape has room for two of them. */
    private static int unit(Rig rig) {
        return rig.limits.wsOpt();
    }

    // ---- writes

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x000OpensAFreeBlockAndMovesItsWritePointer(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            assertThat(rig.write(block, unit(rig))).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
            assertThat(rig.writePointer(block)).isEqualTo(unit(rig));
            assertThat(rig.write(block + unit(rig), rig.limits.wsMin())).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.writePointer(block)).isEqualTo(unit(rig) + rig.limits.wsMin());
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x000ThatFillsABlockClosesItAndMakesAllOfItReadable(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(1);
            rig.fill(block);
            int sectors = rig.geometry.sectorsPerBlock();
            assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
            assertThat(rig.writePointer(block)).isEqualTo(sectors);
            assertThat(rig.read(Rig.run(block, sectors))).isEqualTo(Outcome.SUCCESS);
            for (int i = 0; i < sectors; i++) {
                rig.assertData(i, block + i);
                rig.assertOob(i, block + i);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x000FillsAWholeBlockAtOnce(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            assertThat(rig.write(block, rig.geometry.sectorsPerBlock())).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x280ToABlockThatDoesNotExist(String shape) throws Exception {
        on(shape, rig -> {
            int n = rig.limits.wsMin();
            for (long outside : outside(rig)) {
                assertThat(rig.write(outside, n)).as(Ppa.toString(outside)).isEqualTo(refused(0x280, 0, n));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x280ToAClosedBlock(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            rig.fill(block);
            assertThat(rig.write(block, rig.limits.wsMin())).isEqualTo(refused(0x280, 0, rig.limits.wsMin()));
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x280ToAnOfflineBlock(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.blockIn(BlockState.OFFLINE, 0);
            assertThat(rig.write(block, rig.limits.wsMin())).isEqualTo(refused(0x280, 0, rig.limits.wsMin()));
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x280PastTheEndOfABlock(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            int sectors = rig.geometry.sectorsPerBlock();
            int n = rig.limits.wsMin();
            for (int at = 0; at < sectors - n; at += n) {
                assertThat(rig.write(block + at, n)).isEqualTo(Outcome.SUCCESS);
            }
            assertThat(rig.write(block + sectors - n, 2 * n)).isEqualTo(refused(0x280, 0, 2 * n));
            assertThat(rig.write(block + sectors, n)).isEqualTo(refused(0x280, 0, n));
            assertThat(rig.writePointer(block)).isEqualTo(sectors - n);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x280PastTheEndBeforeItsSizeIsLookedAt(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            assertThat(rig.write(block + rig.geometry.sectorsPerBlock(), 1)).isEqualTo(refused(0x280, 0, 1));
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x280ThatWouldOpenOneBlockTooMany(String shape) throws Exception {
        on(shape + "&maxOpen=2", rig -> {
            int n = rig.limits.wsMin();
            long a = rig.freeBlock(0);
            long b = rig.freeBlock(1);
            long c = rig.freeBlock(2);
            assertThat(rig.write(a, n)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.write(b, n)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.write(c, n)).isEqualTo(refused(0x280, 0, n));
            assertThat(rig.state(c)).isEqualTo(BlockState.FREE);
            assertThat(rig.write(a + n, n)).isEqualTo(Outcome.SUCCESS);
            rig.fill(a);
            assertThat(rig.write(c, n)).isEqualTo(Outcome.SUCCESS);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x280GivesBackThePlacesOfItsEarlierRuns(String shape) throws Exception {
        on(shape + "&maxOpen=2", rig -> {
            int n = rig.limits.wsMin();
            long[] runs = new long[3 * n];
            for (int i = 0; i < 3 * n; i++) {
                runs[i] = rig.freeBlock(i / n) + i % n;
            }
            assertThat(rig.writeAll(true, runs)).isEqualTo(refused(0x280, 2 * n, 3 * n));
            assertThat(rig.device.report().count(BlockState.OPEN)).isZero();
            assertThat(rig.write(runs[2 * n], n)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.write(runs[0], n)).isEqualTo(Outcome.SUCCESS);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x002ThatIsNoMultipleOfWsMin(String shape) throws Exception {
        on(shape, rig -> {
            int n = rig.limits.wsMin();
            long block = rig.freeBlock(0);
            if (n == 1) {
                // Then every size is a multiple, the smallest too.
                assertThat(rig.write(block, 1)).isEqualTo(Outcome.SUCCESS);
                return;
            }
            assertThat(rig.write(block, 1)).isEqualTo(refused(0x002, 0, 1));
            assertThat(rig.write(block, n + 1)).isEqualTo(refused(0x002, 0, n + 1));
            // The size comes before the order.
            assertThat(rig.write(block + n, 1)).isEqualTo(refused(0x002, 0, 1));
            assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x2F2ThatIsNotAtTheWritePointer(String shape) throws Exception {
        on(shape, rig -> {
            int n = rig.limits.wsMin();
            long block = rig.freeBlock(0);
            assertThat(rig.write(block + n, n)).isEqualTo(refused(0x2F2, 0, n));
            assertThat(rig.write(block, n)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.write(block, n)).isEqualTo(refused(0x2F2, 0, n));
            assertThat(rig.write(block + 2L * n, n)).isEqualTo(refused(0x2F2, 0, n));
            assertThat(rig.writePointer(block)).isEqualTo(n);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x2F2WhoseAddressesDoNotAscend(String shape) throws Exception {
        on(shape, rig -> {
            int n = 2 * rig.limits.wsMin();
            long block = rig.freeBlock(0);
            long[] swapped = Rig.run(block, n);
            swapped[n - 1] = block + n - 2;
            swapped[n - 2] = block + n - 1;
            assertThat(rig.writeAll(true, swapped)).isEqualTo(refused(0x2F2, 0, n));
            long[] gap = Rig.run(block, n);
            gap[n - 1]++;
            assertThat(rig.writeAll(true, gap)).isEqualTo(refused(0x2F2, 0, n));
            assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x2F2ThatComesBackToABlock(String shape) throws Exception {
        on(shape, rig -> {
            int n = rig.limits.wsMin();
            long a = rig.freeBlock(0);
            long b = rig.freeBlock(1);
            for (int again : new int[] {0, n}) {
                long[] addresses = new long[3 * n];
                System.arraycopy(Rig.run(a, n), 0, addresses, 0, n);
                System.arraycopy(Rig.run(b, n), 0, addresses, n, n);
                System.arraycopy(Rig.run(a + again, n), 0, addresses, 2 * n, n);
                assertThat(rig.writeAll(true, addresses)).isEqualTo(refused(0x2F2, 2 * n, 3 * n));
            }
            assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
            assertThat(rig.state(b)).isEqualTo(BlockState.FREE);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void write0x000ToSeveralBlocksInOneCommand(String shape) throws Exception {
        on(shape, rig -> {
            int n = rig.limits.wsMin();
            long a = rig.freeBlock(0);
            long b = rig.freeBlock(rig.device.report().count(BlockState.FREE) - 1);
            long[] addresses = new long[2 * n];
            System.arraycopy(Rig.run(b, n), 0, addresses, 0, n);
            System.arraycopy(Rig.run(a, n), 0, addresses, n, n);
            assertThat(rig.writeAll(true, addresses)).isEqualTo(Outcome.SUCCESS);
            rig.fill(a);
            rig.fill(b);
            assertThat(rig.read(a, b)).isEqualTo(Outcome.SUCCESS);
            rig.assertData(0, a);
            rig.assertData(1, b);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void writeIsCheckedAsAWholeBeforeAnythingIsProgrammed(String shape) throws Exception {
        on(shape, rig -> {
            int n = rig.limits.wsMin();
            long good = rig.freeBlock(0);
            long bad = rig.blockIn(BlockState.OFFLINE, 0);
            long[] addresses = new long[2 * n];
            System.arraycopy(Rig.run(good, n), 0, addresses, 0, n);
            System.arraycopy(Rig.run(bad, n), 0, addresses, n, n);
            assertThat(rig.writeAll(true, addresses)).isEqualTo(refused(0x280, n, 2 * n));
            assertThat(rig.state(good)).isEqualTo(BlockState.FREE);
            assertThat(rig.device.counters().programmedSectors()).isZero();
        });
    }

    // ---- reads

    @ParameterizedTest
    @MethodSource("shapes")
    void read0x287OfFreeOfflineAndNonexistentBlocksLeavesTheBufferAlone(String shape) throws Exception {
        on(shape, rig -> {
            long[] unreadable = outside(rig);
            long[] all = java.util.Arrays.copyOf(unreadable, unreadable.length + 3);
            all[unreadable.length] = rig.freeBlock(0);
            all[unreadable.length + 1] = rig.blockIn(BlockState.OFFLINE, 0);
            all[unreadable.length + 2] = rig.freeBlock(0) + rig.geometry.sectorsPerBlock();
            assertThat(rig.read(all)).isEqualTo(refused(0x287, 0, all.length));
            for (int i = 0; i < all.length; i++) {
                assertThat(rig.data(i)).isEqualTo(rig.untouched());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void read0x287InsideTheWindowOfAnOpenBlock(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            int n = rig.limits.wsMin();
            int window = rig.limits.mwCunits();
            for (int at = 0; at + n < rig.geometry.sectorsPerBlock(); at += n) {
                assertThat(rig.write(block + at, n)).isEqualTo(Outcome.SUCCESS);
                int written = at + n;
                for (int sector = 0; sector <= written; sector++) {
                    Outcome expected = sector < written - window ? Outcome.SUCCESS : refused(0x287, 0, 1);
                    assertThat(rig.read(block + sector))
                            .as("written=" + written + ", sector=" + sector)
                            .isEqualTo(expected);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readResolvesEachAddressOnItsOwn(String shape) throws Exception {
        on(shape, rig -> {
            long a = rig.freeBlock(0);
            long b = rig.freeBlock(1);
            rig.fill(a);
            rig.fill(b);
            long free = rig.freeBlock(0);
            assertThat(rig.read(a + 9, free, b, a + 2, b + 1, a + 2, free + 1))
                    .isEqualTo(new Outcome(0x287, 0b1000010));
            rig.assertData(0, a + 9);
            assertThat(rig.data(1)).isEqualTo(rig.untouched());
            rig.assertData(2, b);
            rig.assertData(3, a + 2);
            rig.assertData(4, b + 1);
            rig.assertData(5, a + 2);
            rig.assertOob(5, a + 2);
            assertThat(rig.data(6)).isEqualTo(rig.untouched());
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void read0x287OfTheEndOfAStretchGivesItsBeginning(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            int n = rig.limits.wsMin();
            int window = rig.limits.mwCunits();
            int written = (window + n) / n * n;
            assertThat(written).as("every shape has room").isLessThan(rig.geometry.sectorsPerBlock());
            for (int at = 0; at < written; at += n) {
                assertThat(rig.write(block + at, n)).isEqualTo(Outcome.SUCCESS);
            }
            assertThat(rig.read(Rig.run(block, written + 1))).isEqualTo(refused(0x287, written - window, written + 1));
            rig.assertData(0, block);
            assertThat(rig.data(written - window)).isEqualTo(rig.untouched());
        });
    }

    // ---- out-of-band bytes

    @ParameterizedTest
    @MethodSource("shapes")
    void writeWithoutOobLeavesZeros(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            rig.fill(block);
            assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
            int sectors = rig.geometry.sectorsPerBlock();
            assertThat(rig.writeAll(false, Rig.run(block, sectors))).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.read(block, block + sectors - 1)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.oob(0)).containsOnly(new byte[rig.geometry.oobBytes()]);
            assertThat(rig.oob(1)).containsOnly(new byte[rig.geometry.oobBytes()]);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void dataAndOobMayShareABuffer(String shape) throws Exception {
        on(shape, rig -> {
            int sectors = rig.geometry.sectorsPerBlock();
            int oobAt = sectors * rig.geometry.sectorBytes();
            int oobBytes = rig.geometry.oobBytes();
            IoBufferPool pool = new IoBufferPool(oobAt + sectors * oobBytes, 2);
            IoBuffer both = pool.tryTake();
            IoBuffer back = pool.tryTake();
            long block = rig.freeBlock(0);
            Rig.pattern(both.bytes(), 0, both.capacity(), block, 3);
            IoCommand command = new IoCommand();
            command.write(both, 0).oob(both, oobAt).addRun(block, sectors);
            assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
            command.read(back, 0).oob(back, oobAt).addRun(block, sectors);
            assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
            assertThat(back.bytes()).isEqualTo(both.bytes());
        });
    }

    // ---- erases

    @ParameterizedTest
    @MethodSource("shapes")
    void erase0x000FreesAClosedBlockWhateverTheSectorPart(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            rig.fill(block);
            assertThat(rig.erase(block + 3)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
            assertThat(rig.writePointer(block)).isZero();
            assertThat(rig.erases(block)).isEqualTo(1);
            assertThat(rig.read(block)).isEqualTo(refused(0x287, 0, 1));
            rig.fill(block);
            assertThat(rig.erase(Ppa.withSector(block, Ppa.MAX_BLOCKS - 1))).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.erases(block)).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void erase0x2C1OfAFreeBlock(String shape) throws Exception {
        on(shape, rig -> assertThat(rig.erase(rig.freeBlock(0))).isEqualTo(refused(0x2C1, 0, 1)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void erase0x2C1OfAnOpenBlock(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            assertThat(rig.write(block, rig.limits.wsMin())).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.erase(block)).isEqualTo(refused(0x2C1, 0, 1));
            assertThat(rig.writePointer(block)).isEqualTo(rig.limits.wsMin());
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void erase0x2C1OfABlockThatDoesNotExist(String shape) throws Exception {
        on(shape, rig -> {
            for (long outside : outside(rig)) {
                assertThat(rig.erase(outside)).as(Ppa.toString(outside)).isEqualTo(refused(0x2C1, 0, 1));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void erase0x2C0OfAnOfflineBlock(String shape) throws Exception {
        on(
                shape,
                rig -> assertThat(rig.erase(rig.blockIn(BlockState.OFFLINE, 0))).isEqualTo(refused(0x2C0, 0, 1)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void eraseAttemptsEveryEntry(String shape) throws Exception {
        on(shape, rig -> {
            long a = rig.freeBlock(0);
            long b = rig.freeBlock(1);
            long offline = rig.blockIn(BlockState.OFFLINE, 0);
            rig.fill(a);
            rig.fill(b);
            assertThat(rig.erase(offline, a, a, b)).isEqualTo(new Outcome(0x2C1, 0b0101));
            assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
            assertThat(rig.state(b)).isEqualTo(BlockState.FREE);
            assertThat(rig.erases(a)).isEqualTo(1);
            assertThat(rig.device.counters().erases()).isEqualTo(2);
        });
    }

    // ---- report and counters

    @ParameterizedTest
    @MethodSource("shapes")
    void reportOfANewDriveShowsFreeAndFactoryBadBlocks(String shape) throws Exception {
        on(shape, rig -> {
            BlockReport report = rig.device.report();
            int bad = report.count(BlockState.OFFLINE);
            assertThat(bad).isPositive();
            assertThat(report.count(BlockState.FREE)).isEqualTo(rig.geometry.blocks() - bad);
            for (int block = 0; block < rig.geometry.blocks(); block++) {
                assertThat(report.eraseCount(block)).isZero();
                assertThat(report.writePointer(block)).isZero();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void countersCountEveryProgrammedByteOnce(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            int n = rig.limits.wsMin();
            int bytes = n * rig.geometry.sectorBytes();
            IoCommand command = new IoCommand();
            command.write(rig.out, 0)
                    .addRun(block, n)
                    .count(ByteClass.METADATA, 100)
                    .count(ByteClass.PADDING, 7);
            assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
            command.write(rig.out, 0).addRun(block + n, n).count(ByteClass.RELOCATED, bytes);
            assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.execute(command)).isEqualTo(refused(0x2F2, 0, n));
            assertThat(rig.programmed(ByteClass.PAYLOAD)).isEqualTo(bytes - 107);
            assertThat(rig.programmed(ByteClass.METADATA)).isEqualTo(100);
            assertThat(rig.programmed(ByteClass.PADDING)).isEqualTo(7);
            assertThat(rig.programmed(ByteClass.RELOCATED)).isEqualTo(bytes);
            var counters = rig.device.counters();
            assertThat(counters.programmedSectors()).isEqualTo(2L * n);
            assertThat(counters.programmedBytes()).isEqualTo(2L * bytes);
            assertThat(counters.commands()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void countersCountSectorsReadAndNotThoseRefused(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            rig.fill(block);
            rig.read(block, rig.freeBlock(0), block + 1);
            assertThat(rig.device.counters().readSectors()).isEqualTo(2);
        });
    }

    // ---- queues

    @ParameterizedTest
    @MethodSource("shapes")
    void commandsToOneBlockCompleteInTheOrderOfSubmission(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            int n = rig.limits.wsMin();
            IoCommand command = new IoCommand();
            for (int i = 0; i < 3; i++) {
                assertThat(rig.queue.submit(command.write(rig.out, 0)
                                .addRun(block + i * n, n)
                                .tag(i)))
                        .isTrue();
            }
            assertThat(rig.queue.inFlight()).isEqualTo(3);
            Completion completion = new Completion();
            for (int i = 0; i < 3; i++) {
                rig.queue.await(1, Long.MAX_VALUE);
                assertThat(rig.queue.poll(completion)).isTrue();
                assertThat(completion.tag()).isEqualTo(i);
                assertThat(completion.isSuccess()).isTrue();
            }
            assertThat(rig.queue.poll(completion)).isFalse();
            assertThat(rig.writePointer(block)).isEqualTo(3 * n);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aFullQueueTakesNothingUntilACompletionWasPolled(String shape) throws Exception {
        on(shape, rig -> {
            IoCommand read = new IoCommand().read(rig.in, 0).add(rig.freeBlock(0));
            for (int i = 0; i < rig.queue.depth(); i++) {
                assertThat(rig.queue.submit(read)).isTrue();
            }
            assertThat(rig.queue.submit(read)).isFalse();
            assertThat(rig.queue.await(100, Long.MAX_VALUE)).isEqualTo(rig.queue.depth());
            assertThat(rig.queue.submit(read)).isFalse();
            assertThat(rig.queue.poll(new Completion())).isTrue();
            assertThat(rig.queue.submit(read)).isTrue();
            assertThat(rig.queue.submit(read)).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void awaitWithNothingInFlightReturnsAtOnce(String shape) throws Exception {
        on(shape, rig -> assertThat(rig.queue.await(1, Long.MAX_VALUE)).isZero());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void closingAQueueWaitsForWhatIsInFlight(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            IoQueue second = rig.device.openQueue(1);
            second.submit(new IoCommand().write(rig.out, 0).addRun(block, rig.limits.wsMin()));
            second.close();
            second.close();
            assertThat(rig.writePointer(block)).isEqualTo(rig.limits.wsMin());
            assertThatThrownBy(() -> second.submit(new IoCommand().erase().add(block)))
                    .isInstanceOf(IllegalStateException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void misuseIsRefusedBeforeAnythingHappens(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            int n = rig.limits.wsMin();
            int bytes = n * rig.geometry.sectorBytes();
            IoBuffer small = new IoBufferPool(bytes - 1, 1).tryTake();
            IoCommand command = new IoCommand();
            assertMisuse(rig, command.write(rig.out, 0), "count=0");
            assertMisuse(rig, command.write(null, 0).addRun(block, n), "data=null");
            assertMisuse(rig, command.write(small, 0).addRun(block, n), "capacity=" + (bytes - 1));
            assertMisuse(
                    rig, command.read(rig.in, rig.in.capacity() - bytes + 1).addRun(block, n), "offset=");
            assertMisuse(rig, command.read(rig.in, -1).addRun(block, n), "offset=-1");
            if (rig.geometry.oobBytes() > 0) {
                IoBuffer oob = new IoBufferPool(n * rig.geometry.oobBytes(), 1).tryTake();
                assertMisuse(rig, command.write(rig.out, 0).addRun(block, n).oob(oob, 1), "oob buffer");
            }
            assertMisuse(
                    rig,
                    command.write(rig.out, 0).addRun(block, n).count(ByteClass.PARITY, bytes + 1),
                    "named=" + (bytes + 1));
            assertMisuse(rig, command.write(rig.out, 0).addRun(block, n).count(ByteClass.PARITY, -1), "parityBytes=-1");
            assertMisuse(rig, command.erase().add(block).count(ByteClass.PAYLOAD, 1), "named=1");
            assertThatThrownBy(() -> rig.device.openQueue(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("depth=0");
            assertThatThrownBy(() -> rig.queue.await(-1, 0)).hasMessageContaining("min=-1");
            assertThat(rig.queue.inFlight()).isZero();
            assertThat(rig.device.counters().commands()).isZero();
        });
    }

    private static void assertMisuse(Rig rig, IoCommand command, String says) {
        assertThatThrownBy(() -> rig.queue.submit(command))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sixtyFourAddressesAreTheMost(String shape) throws Exception {
        on(shape, rig -> {
            IoCommand command = new IoCommand().read(rig.in, 0);
            for (int i = 0; i < Limits.MAX_ADDRESSES; i++) {
                command.add(rig.geometry.blockPpa(0));
            }
            assertThat(rig.execute(command)).isEqualTo(new Outcome(0x287, -1L));
        });
    }

    // ---- the end

    @ParameterizedTest
    @MethodSource("shapes")
    void aClosedDeviceIsGone(String shape) throws Exception {
        on(shape, rig -> {
            long block = rig.freeBlock(0);
            rig.device.close();
            rig.device.close();
            assertGone(rig, block, "closed");
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void powerIsCutAtTheCommandThatWasAskedFor(String shape) throws Exception {
        on(shape + "&cut=3&cutSeed=5", rig -> {
            long block = rig.freeBlock(0);
            int n = rig.limits.wsMin();
            assertThat(rig.write(block, n)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.write(block + n, n)).isEqualTo(Outcome.SUCCESS);
            assertThatThrownBy(() -> rig.write(block + 2L * n, n))
                    .isInstanceOf(GoneException.class)
                    .hasMessage("power was cut at command 3 with 1 commands in flight");
            assertGone(rig, block, "power was cut at command 3");
            assertThat(rig.device.counters().programmedSectors()).isEqualTo(2L * n);
        });
    }

    private static void assertGone(Rig rig, long block, String why) {
        assertThatThrownBy(() -> rig.queue.submit(new IoCommand().erase().add(block)))
                .isInstanceOf(GoneException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> rig.queue.poll(new Completion())).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.queue.await(1, Long.MAX_VALUE)).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.device.report()).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.device.openQueue(1)).isInstanceOf(GoneException.class);
    }

    /** Addresses whose channel, LUN or block is outside. */
    private static long[] outside(Rig rig) {
        return new long[] {
            Ppa.of(rig.geometry.channels(), 0, 0, 0),
            Ppa.of(0, rig.geometry.lunsPerChannel(), 0, 0),
            Ppa.of(0, 0, rig.geometry.blocksPerLun(), 0),
            Ppa.of(255, 255, Ppa.MAX_BLOCKS - 1, 0)
        };
    }
}
