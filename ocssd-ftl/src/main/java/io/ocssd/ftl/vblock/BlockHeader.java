package io.ocssd.ftl.vblock;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.vblock.Stream;

/**
 * What the first unit of a block says of the vblock it belongs to.
 *
 * @param driveId fingerprint of the drive
 * @param targetId the target
 * @param vblockId the vblock
 * @param stream what it was allocated for
 * @param place of this block in the stripe
 * @param tag the owner's number
 * @param members addresses of the blocks that the vblock was allocated with, in the order of the stripe
 * @param piece which part of the place this block holds
 */
record BlockHeader(
        long driveId,
        int targetId,
        long vblockId,
        Stream stream,
        int place,
        long tag,
        ImmutableLongArray members,
        Piece piece) {
    /** Blocks of the stripe. */
    int width() {
        return members.length();
    }

    /** The header of the block that another place begins with. */
    BlockHeader withPlace(int otherPlace) {
        return withPiece(otherPlace, Piece.original(members.get(otherPlace)));
    }

    /** The header of another block of the same vblock. */
    BlockHeader withPiece(int otherPlace, Piece otherPiece) {
        return new BlockHeader(driveId, targetId, vblockId, stream, otherPlace, tag, members, otherPiece);
    }

    /** Whether both are headers of one and the same vblock. */
    boolean belongsWith(BlockHeader other) {
        return driveId == other.driveId
                && targetId == other.targetId
                && vblockId == other.vblockId
                && stream == other.stream
                && tag == other.tag
                && members.equals(other.members);
    }
}
