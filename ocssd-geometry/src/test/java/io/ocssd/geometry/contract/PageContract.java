package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The pages of Open-Channel SSD 2.0 as bytes: geometry, and chunk information. */
abstract class PageContract extends Theme {
    private static final int DESCRIPTOR = 32;

    private static int bits(int count) {
        int bits = 0;
        while (1L << bits < count) {
            bits++;
        }
        return bits;
    }

    /** The device address of a block's first sector. */
    static long slba(Geometry geometry, long ppa) {
        long lba = Ppa.channel(ppa);
        lba = (lba << bits(geometry.lunsPerChannel())) + Ppa.lun(ppa);
        lba = (lba << bits(geometry.blocksPerLun())) + Ppa.block(ppa);
        return lba << bits(geometry.sectorsPerBlock());
    }

    /** So many bytes of the chunk information log, as far as it goes. */
    private static ByteBuffer log(Rig rig, long offset, int bytes) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        rig.device.admin().logPage(DeviceAdmin.LOG_CHUNK_INFORMATION, offset, target);
        return target.flip();
    }

    @ContractTest(needs = {Trait.PAGES, Trait.CHUNKS})
    @Proves(Rule.GEOMETRY_PAGE)
    void theGeometryPageSaysWhatTheDriveSays(Rig rig) throws Exception {
        ByteBuffer page = rig.device.admin().geometryPage().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(page.remaining()).isEqualTo(4096);
        assertThat(page.get(0)).as("major version").isEqualTo((byte) 2);
        assertThat(page.getShort(64)).as("groups").isEqualTo((short) rig.geometry.channels());
        assertThat(page.getShort(66)).as("PUs of a group").isEqualTo((short) rig.geometry.lunsPerChannel());
        assertThat(page.getInt(68)).as("chunks of a PU").isEqualTo(rig.geometry.blocksPerLun());
        assertThat(page.getInt(72)).as("clba").isEqualTo(rig.geometry.sectorsPerBlock());
        assertThat(page.getInt(128)).as("ws_min").isEqualTo(rig.limits.wsMin());
        assertThat(page.getInt(132)).as("ws_opt").isEqualTo(rig.limits.wsOpt());
        assertThat(page.getInt(136)).as("mw_cunits").isEqualTo(rig.limits.mwCunits());
        assertThat(page.getInt(140)).as("maxoc").isEqualTo(rig.limits.maxOpen());
        assertThat(page.getInt(144)).as("maxocpu").isEqualTo(rig.limits.maxOpenPerLun());
        int capabilities = page.getInt(16);
        assertThat((capabilities & 1) != 0).as("vector copy").isEqualTo(rig.has(Trait.COPY));
        assertThat((capabilities & 2) != 0).as("multiple resets").isEqualTo(rig.has(Trait.ERASE_FREE));
        assertThat((capabilities & 4) != 0).as("early resets").isEqualTo(rig.has(Trait.ERASE_OPEN));
        assertThat(page.getInt(192)).as("typical read").isBetween(0, page.getInt(196));
        assertThat(page.getInt(200)).as("typical write").isBetween(0, page.getInt(204));
        assertThat(page.getInt(208)).as("typical reset").isBetween(0, page.getInt(212));
    }

    @ContractTest(needs = {Trait.PAGES, Trait.CHUNKS})
    @Proves(Rule.GEOMETRY_BITS)
    void anAddressFieldHasAsManyBitsAsItsCountNeeds(Rig rig) throws Exception {
        ByteBuffer page = rig.device.admin().geometryPage();
        assertThat(page.get(8)).isEqualTo((byte) bits(rig.geometry.channels()));
        assertThat(page.get(9)).isEqualTo((byte) bits(rig.geometry.lunsPerChannel()));
        assertThat(page.get(10)).isEqualTo((byte) bits(rig.geometry.blocksPerLun()));
        assertThat(page.get(11)).isEqualTo((byte) bits(rig.geometry.sectorsPerBlock()));
    }

    @ContractTest(needs = Trait.PAGES)
    @Proves({
        Rule.REPORT_ALL,
        Rule.REPORT_STATE,
        Rule.REPORT_TYPE,
        Rule.REPORT_SLBA,
        Rule.REPORT_SIZE,
        Rule.REPORT_WRITE_POINTER,
        Rule.REPORT_OFFLINE_WRITE_POINTER,
        Rule.REPORT_RANDOM_WRITE_POINTER,
        Rule.REPORT_WEAR,
        Rule.ADDRESS_INDEX
    })
    void everyBlockHasADescriptor(Rig rig) throws Exception {
        rig.fill(rig.freeBlock(0));
        if (rig.has(Trait.SEVERAL_UNITS) && !rig.freeBlocks().isEmpty()) {
            rig.writeUpTo(rig.freeBlock(0), rig.limits.wsMin());
        }
        BlockReport report = rig.device.report();
        int blocks = rig.geometry.blocks();
        ByteBuffer log = log(rig, 0, (blocks + 1) * DESCRIPTOR);
        assertThat(log.remaining()).isEqualTo(blocks * DESCRIPTOR);
        for (int block = 0; block < blocks; block++) {
            int at = block * DESCRIPTOR;
            String where = "block " + block;
            assertThat(log.get(at)).as(where + ", cs").isEqualTo(state(report.state(block)));
            boolean random = report.type(block) == BlockType.RANDOM;
            boolean deviates = report.sectors(block) != rig.geometry.sectorsPerBlock();
            assertThat(log.get(at + 1)).as(where + ", ct").isEqualTo((byte) ((random ? 2 : 1) | (deviates ? 0x10 : 0)));
            assertThat(log.get(at + 2) & 0xFF).as(where + ", wli").isEqualTo(report.wearIndex(block));
            assertThat(log.getLong(at + 8))
                    .as(where + ", slba")
                    .isEqualTo(slba(rig.geometry, rig.geometry.blockPpa(block)));
            assertThat(log.getLong(at + 16)).as(where + ", cnlb").isEqualTo(report.sectors(block));
            boolean meaningless = random || report.state(block) == BlockState.OFFLINE;
            assertThat(log.getLong(at + 24))
                    .as(where + ", wp")
                    .isEqualTo(meaningless ? -1 : report.writePointer(block));
        }
    }

    private static byte state(BlockState state) {
        return switch (state) {
            case FREE -> 0x1;
            case CLOSED -> 0x2;
            case OPEN -> 0x4;
            case OFFLINE -> 0x8;
        };
    }

    @ContractTest(needs = Trait.PAGES)
    @Proves({Rule.LOG_OFFSET_ALIGNED, Rule.LOG_OFFSET_END})
    void aLogIsReadFromAnyMultipleOf4(Rig rig) throws Exception {
        int length = rig.geometry.blocks() * DESCRIPTOR;
        ByteBuffer all = log(rig, 0, length);
        for (int offset : new int[] {4, 8, 28, length - 4}) {
            ByteBuffer part = log(rig, offset, 8);
            assertThat(part.remaining()).isEqualTo(Math.min(8, length - offset));
            assertThat(part).isEqualTo(all.slice(offset, part.remaining()));
        }
        assertThat(log(rig, length, 32).remaining()).isZero();
        for (int offset : new int[] {1, 2, 31, length + 4, length + 32}) {
            FeatureContract.assertRefused(() -> log(rig, offset, 4), 0x002);
        }
        FeatureContract.assertRefused(() -> log(rig, 1L << 40, 4), 0x002);
    }

    @ContractTest(needs = Trait.PAGES)
    @Proves(Rule.LOG_UNKNOWN)
    void aLogThatIsNotThere(Rig rig) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(64);
        FeatureContract.assertRefused(() -> rig.device.admin().logPage(0xCB, 0, target), 0x109);
        assertThat(target.position()).isZero();
    }
}
