package io.ocssd.geometry.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Mistakes that an image could be written with; each must be caught by the lives of {@link HostDeathTest}. */
enum HostDeathBug {
    NONE {
        @Override
        Backing plant(Backing host, ImageLayout layout) {
            return host;
        }
    },
    /** What was told to be durable was never forced. */
    SKIPPED_FORCE {
        @Override
        Backing plant(Backing host, ImageLayout layout) {
            return new Bug(host) {
                @Override
                public void force() {}
            };
        }
    },
    /** Data and OOB are written behind the force that makes the write pointer durable. */
    POINTER_BEFORE_DATA {
        @Override
        Backing plant(Backing host, ImageLayout layout) {
            return new LateBug(host) {
                @Override
                boolean isLate(ByteBuffer source, long offset) {
                    return layout.isInDataArea(offset) || layout.isInOobArea(offset);
                }
            };
        }
    },
    /** Programs are believed without looking whether their sectors are there. */
    NO_CHECKSUM {
        @Override
        Backing plant(Backing host, ImageLayout layout) {
            return new Bug(host) {
                @Override
                public void read(ByteBuffer target, long offset) throws IOException {
                    int start = target.position();
                    super.read(target, offset);
                    if (offset >= layout.journalOffset() && offset < layout.oobAreaOffset()) {
                        believe(target.slice(start, target.position() - start).order(ByteOrder.LITTLE_ENDIAN));
                    }
                }

                private void believe(ByteBuffer records) throws IOException {
                    for (int at = 0; at < records.capacity(); at += JournalLayout.RECORD_BYTES) {
                        int sum = JournalLayout.checksum(records, at, at + JournalLayout.CHECKSUM_OFFSET);
                        int sectors = records.getInt(at + JournalLayout.SECTORS_OFFSET);
                        if (sum != records.getInt(at + JournalLayout.CHECKSUM_OFFSET) || sectors == 0) {
                            continue;
                        }
                        int block = records.getInt(at + JournalLayout.BLOCK_OFFSET);
                        int first = records.getInt(at + JournalLayout.FIRST_SECTOR_OFFSET);
                        records.putInt(
                                at + JournalLayout.DATA_CHECKSUM_OFFSET,
                                checksum(
                                        layout.dataOffset(block, first),
                                        sectors * layout.geometry().sectorBytes()));
                        records.putInt(
                                at + JournalLayout.OOB_CHECKSUM_OFFSET,
                                checksum(
                                        layout.oobOffset(block, first),
                                        sectors * layout.geometry().oobBytes()));
                        records.putInt(
                                at + JournalLayout.CHECKSUM_OFFSET,
                                JournalLayout.checksum(records, at, at + JournalLayout.CHECKSUM_OFFSET));
                    }
                }

                private int checksum(long offset, int bytes) throws IOException {
                    ByteBuffer content = ByteBuffer.allocate(bytes);
                    super.read(content, offset);
                    CRC32C crc = new CRC32C();
                    crc.update(content.flip());
                    return (int) crc.getValue();
                }
            };
        }
    },
    /** State records go to their table before they are durable in the journal. */
    TABLE_TOO_EARLY {
        @Override
        Backing plant(Backing host, ImageLayout layout) {
            return new Bug(host) {
                @Override
                public void write(ByteBuffer source, long offset) throws IOException {
                    if (offset >= layout.journalOffset() && offset < layout.oobAreaOffset()) {
                        ByteBuffer records = source.slice().order(ByteOrder.LITTLE_ENDIAN);
                        for (int at = 0; at < records.capacity(); at += JournalLayout.RECORD_BYTES) {
                            int block = records.getInt(at + JournalLayout.BLOCK_OFFSET);
                            super.write(JournalRecord.state(records, at), layout.recordOffset(block));
                        }
                    }
                    super.write(source, offset);
                }
            };
        }
    },
    /** A new epoch begins before the state table of the old one is durable. */
    EPOCH_TOO_EARLY {
        @Override
        Backing plant(Backing host, ImageLayout layout) {
            return new LateBug(host) {
                @Override
                boolean isLate(ByteBuffer source, long offset) {
                    return layout.isInStateTable(offset);
                }
            };
        }
    },
    /** An erase is told to be durable one force before it is. */
    LATE_ERASE {
        @Override
        Backing plant(Backing host, ImageLayout layout) {
            return new LateBug(host) {
                @Override
                boolean isLate(ByteBuffer source, long offset) {
                    return offset >= layout.journalOffset()
                            && offset < layout.oobAreaOffset()
                            && JournalRecord.isEmpty(
                                    JournalRecord.state(source.slice().order(ByteOrder.LITTLE_ENDIAN), 0));
                }
            };
        }
    };

    /** Puts the mistake between the journal and the host. */
    abstract Backing plant(Backing host, ImageLayout layout);

    private static class Bug implements Backing {
        private final Backing host;

        Bug(Backing host) {
            this.host = host;
        }

        @Override
        public void read(ByteBuffer target, long offset) throws IOException {
            host.read(target, offset);
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            host.write(source, offset);
        }

        @Override
        public void commit() throws IOException {
            host.commit();
        }

        @Override
        public void force() throws IOException {
            host.force();
        }

        @Override
        public boolean givesSpaceBack() {
            return host.givesSpaceBack();
        }

        @Override
        public void discard(long offset, long bytes) throws IOException {
            host.discard(offset, bytes);
        }

        @Override
        public void close() {
            host.close();
        }
    }

    /** Keeps some writes until a force is over. Reads see them all the same. */
    private abstract static class LateBug extends Bug {
        private record Late(byte[] bytes, long offset) {}

        private final List<Late> late = new ArrayList<>();

        LateBug(Backing host) {
            super(host);
        }

        abstract boolean isLate(ByteBuffer source, long offset);

        @Override
        public void read(ByteBuffer target, long offset) throws IOException {
            int start = target.position();
            super.read(target, offset);
            long end = offset + target.position() - start;
            for (Late each : late) {
                for (int i = 0; i < each.bytes.length; i++) {
                    long at = each.offset + i;
                    if (at >= offset && at < end) {
                        target.put(start + (int) (at - offset), each.bytes[i]);
                    }
                }
            }
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            if (!isLate(source, offset)) {
                super.write(source, offset);
                return;
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            late.add(new Late(bytes, offset));
        }

        @Override
        public void force() throws IOException {
            super.force();
            for (Late each : late) {
                super.write(ByteBuffer.wrap(each.bytes), each.offset);
            }
            late.clear();
        }
    }
}
