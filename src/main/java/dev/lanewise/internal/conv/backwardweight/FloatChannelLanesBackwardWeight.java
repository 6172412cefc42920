// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLines;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.simd.FloatTranspose;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * Many channels: planes in the lanes, what a tap reads of the others as broadcasts.
 *
 * <p>A weight's gradient is the dot product of a filtered plane with what its tap reads, a row of
 * the col matrix. The filtered planes are transposed once, so that the filters of a pixel are
 * neighbours; the rows of the col matrix are runs of memory ({@link FloatShiftedImages}). Of a 1×1
 * kernel both are planes, and where that is less work the filtered ones are the rows.
 *
 * <p>Blocking, outermost first: as many bands as can be kept transposed (a chunk); some channels,
 * whose sums stay in a level-2 cache until they meet the gradient; the bands, each so small that
 * its transposed planes stay there as well; tiles.
 *
 * <p>Order of a weight's sum: the pixels of a band by row, the bands of a chunk by row and image,
 * then the chunks.
 */
public final class FloatChannelLanesBackwardWeight implements FloatBackwardWeight {
  /** Elements of scratch: 8 MiB less what surrounds it. */
  private static final long MOST_SCRATCH = (8L << 20) / Float.BYTES - 1024;

  /**
   * Filters a multiple of so many elements apart meet in so few sets of a first-level cache that
   * the lines of those written at a time fill them; taken to be slower, not measured.
   */
  private static final int CROWDED = 512;

  private final ConvShape shape;
  private final ColumnShape columns;
  private final FloatChannelLanesCut cut;
  private final int width;
  private final Block block;
  private final Block lastBlock;
  private final Channels imageChannels;

  /** Elements that copies may write behind their end. */
  private final int gap = FloatRows.BEST.slack();

  /**
   * Where the rows of some channels are.
   *
   * @param whole of as many channels as are taken at once
   * @param last of the last ones
   */
  private record Channels(int[] whole, int[] last) {}

  /** Images side by side, how they are copied and where the copies are. */
  private record Block(int images, FloatShiftedImages shifted, Channels channels) {}

  public FloatChannelLanesBackwardWeight(ConvShape shape) {
    this.shape = shape;
    columns = shape.columns();
    cut = FloatChannelLanesCut.of(shape);
    width = cut.width();
    block = block(cut.images());
    int rest = shape.batch() % cut.images();
    lastBlock = rest == 0 ? block : block(rest);
    int[] noTaps = {0};
    boolean indexed = (long) cut.channelsAtOnce() * columns.windows() <= Integer.MAX_VALUE;
    imageChannels = columns.isImage() && indexed ? channels(noTaps, columns.windows()) : null;
  }

  private Block block(int images) {
    FloatShiftedImages shifted = new FloatShiftedImages(columns, images, cut.bandRows());
    int kernelWidth = columns.horizontal().kernel();
    int[] taps = new int[cut.taps()];
    for (int tap = 0; tap < taps.length; tap++) {
      taps[tap] = shifted.tap(tap / kernelWidth, tap % kernelWidth);
    }
    return new Block(images, shifted, channels(taps, shifted.channelFloats()));
  }

  private Channels channels(int[] taps, int channelStride) {
    int last = cut.channels() - (cut.channelBlocks() - 1) * cut.channelsAtOnce();
    return new Channels(
        rows(taps, channelStride, cut.channelsAtOnce()), rows(taps, channelStride, last));
  }

  /** Rows that fill the last tile repeat the last one. */
  private int[] rows(int[] taps, int channelStride, int channels) {
    int present = channels * taps.length;
    int[] rows = new int[Math.ceilDiv(present, cut.tileRows()) * cut.tileRows()];
    for (int j = 0; j < rows.length; j++) {
      int row = Math.min(j, present - 1);
      rows[j] = row / taps.length * channelStride + taps[row % taps.length];
    }
    return rows;
  }

  /** Whether the machine has vectors and what is needed fits the scratch. */
  public static boolean applies(ConvShape shape) {
    return Machine.SIMD && FloatChannelLanesCut.of(shape).workspaceFloats() <= MOST_SCRATCH;
  }

  /** The share of the multiply-add peak to expect. */
  public static double rate(ConvShape shape) {
    FloatChannelLanesCut cut = FloatChannelLanesCut.of(shape);
    int rows = cut.channels() * cut.taps();
    double used = (double) cut.lanes() * rows / cut.products();
    double pixels = cut.pixels();
    boolean inPlace = shape.columns().isImage() && cut.images() == 1;
    double copies =
        10.0 / rows
            + (inPlace ? 0 : 4.0 / ((double) cut.lanes() * shape.columns().vertical().kernel()));
    double finish =
        (cut.mirrored() ? 20.0 : 30.0)
            / Math.max(1, (double) shape.batch() * shape.columns().windows());
    return 0.92 * used * pixels / (pixels + 4) / (1 + copies + finish);
  }

  @Override
  public String describe() {
    return "%s in the lanes, tile %dx%d; %d channels at a time, %s side by side, bands of %d rows"
        .formatted(
            cut.mirrored() ? "channels" : "filters",
            cut.tileRows(),
            width,
            cut.channelsAtOnce(),
            cut.images() == 1 ? "1 image" : cut.images() + " images",
            cut.bandRows());
  }

  @Override
  public int parts() {
    return shape.groups() * cut.channelBlocks() * cut.laneBlocks();
  }

  @Override
  public boolean canOverwrite() {
    return true;
  }

  @Override
  public int workspaceFloats() {
    return (int) cut.workspaceFloats();
  }

  @Override
  public void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    int laneBlocks = cut.laneBlocks();
    int channelBlocks = cut.channelBlocks();
    // The sums, and the transposed planes behind them.
    int sums = FloatLines.next(workspaceOffset);
    for (int part = firstPart; part < endPart; ) {
      int group = part / (channelBlocks * laneBlocks);
      int channel = part / laneBlocks % channelBlocks;
      int lane = part % laneBlocks;
      int whole = lane > 0 ? 0 : Math.min((endPart - part) / laneBlocks, channelBlocks - channel);
      int endChannel = channel + Math.max(1, whole);
      int endLane = whole > 0 ? laneBlocks : Math.min(laneBlocks, lane + endPart - part);
      long image = imagesOffset + group * shape.imageGroup();
      long filteredImage = filteredOffset + group * shape.filteredGroup();
      chunks(
          cut.mirrored() ? filtered : images,
          cut.mirrored() ? filteredImage : image,
          cut.mirrored() ? images : filtered,
          cut.mirrored() ? image : filteredImage,
          gradWeight,
          gradWeightOffset + group * shape.weightGroup(),
          overwrites,
          channel,
          endChannel,
          lane,
          endLane,
          workspace,
          sums);
      part += (endChannel - channel) * (endLane - lane);
    }
  }

  /** Some blocks of channels and of lanes over the whole batch. */
  private void chunks(
      Object images,
      long imagesOffset,
      Object planes,
      long planesOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      int firstChannel,
      int endChannel,
      int firstLane,
      int endLane,
      float[] workspace,
      int sums) {
    int transposed = sums + (int) cut.sumFloats();
    int bandFloats = (int) cut.transposedFloats();
    int scratch = transposed + cut.bandsAtOnce() * bandFloats + gap;
    // What only one block of channels meets is transposed right before, and stays in the cache.
    boolean once = endChannel - firstChannel == 1;
    int first = 0;
    // Once even if there is no image.
    do {
      int end = Math.min(first + cut.bandsAtOnce(), cut.bands());
      boolean adds = first > 0 || !overwrites;
      for (int band = first; band < end && !once; band++) {
        transpose(
            planes,
            planesOffset,
            band,
            firstLane,
            endLane,
            workspace,
            transposed + (band - first) * bandFloats,
            scratch);
      }
      for (int channel = firstChannel; channel < endChannel; channel++) {
        FloatMemory.fill(workspace, sums, cut.sumFloats(), 0);
        for (int band = first; band < end; band++) {
          int at = transposed + (once ? 0 : (band - first) * bandFloats);
          if (once) {
            transpose(planes, planesOffset, band, firstLane, endLane, workspace, at, scratch);
          }
          multiply(
              images,
              imagesOffset,
              band,
              channel,
              firstLane,
              endLane,
              workspace,
              sums,
              at,
              scratch);
        }
        if (cut.mirrored()) {
          finishRows(
              channel, firstLane, endLane, workspace, sums, gradWeight, gradWeightOffset, adds);
        } else {
          finishColumns(
              channel,
              firstLane,
              endLane,
              workspace,
              sums,
              scratch,
              gradWeight,
              gradWeightOffset,
              adds);
        }
      }
      first = end;
    } while (first < cut.bands());
  }

  private Block blockOf(int band) {
    return band / cut.bandsPerImage() * cut.images() + cut.images() <= shape.batch()
        ? block
        : lastBlock;
  }

  private long firstImage(int band) {
    return (long) (band / cut.bandsPerImage()) * cut.images();
  }

  private int firstRow(int band) {
    return band % cut.bandsPerImage() * cut.bandRows();
  }

  private int rowsOf(int band) {
    return Math.min(cut.bandRows(), columns.outHeight() - firstRow(band));
  }

  private int pixelsOf(int band) {
    return blockOf(band).images() * rowsOf(band) * columns.outWidth();
  }

  private void transpose(
      Object planes,
      long planesOffset,
      int band,
      int firstLane,
      int endLane,
      float[] workspace,
      int transposed,
      int scratch) {
    int pixels = pixelsOf(band);
    int images = blockOf(band).images();
    long imageStride = cut.mirrored() ? shape.image() : shape.filtered();
    long from =
        planesOffset + firstImage(band) * imageStride + (long) firstRow(band) * columns.outWidth();
    for (int lane = firstLane; lane < endLane; lane++) {
      int present = Math.min(width, cut.lanes() - lane * width);
      long plane = from + (long) lane * width * columns.windows();
      Object source = workspace;
      long sourceOffset = scratch;
      int ld = pixels;
      if (images == 1) {
        source = planes;
        sourceOffset = plane;
        ld = columns.windows();
      } else {
        for (int i = 0; i < present; i++) {
          FloatShiftedImages.copyFiltered(
              planes,
              plane + (long) i * columns.windows(),
              imageStride,
              images,
              rowsOf(band),
              columns.outWidth(),
              workspace,
              scratch + i * pixels);
        }
      }
      // Long runs of each plane, whose lines then come ahead of the loads; to keep the target in
      // the level-1 cache gains less.
      FloatMemory.transpose(
          source,
          sourceOffset,
          ld,
          present,
          workspace,
          transposed + lane * pixels * width,
          width,
          pixels);
    }
  }

  /** Adds the products of a band to the sums. */
  private void multiply(
      Object images,
      long imagesOffset,
      int band,
      int channel,
      int firstLane,
      int endLane,
      float[] workspace,
      int sums,
      int transposed,
      int copy) {
    Block present = blockOf(band);
    int firstChannel = channel * cut.channelsAtOnce();
    int channels = Math.min(cut.channelsAtOnce(), cut.channels() - firstChannel);
    long imageStride = cut.mirrored() ? shape.filtered() : shape.image();
    long from =
        imagesOffset + firstImage(band) * imageStride + (long) firstChannel * columns.plane();
    boolean inPlace = imageChannels != null && present.images() == 1;
    long inPlaceOffset = from + (long) firstRow(band) * columns.outWidth();
    Starting<FloatBroadcastTileOfSegment> ofSegment =
        inPlace && FloatMemory.isNative(images) ? FloatBroadcastTileOfSegment.of(cut.tile()) : null;
    FloatBroadcastTileOfSegment nativeForm = ofSegment == null ? null : ofSegment.kernel();
    long nativeSince = ofSegment == null ? 0 : ofSegment.clock(nativeForm);
    Object rows = workspace;
    long rowsOffset = copy;
    Channels at = present.channels();
    if (nativeForm != null || inPlace && images instanceof float[]) {
      rows = images;
      rowsOffset = inPlaceOffset;
      at = imageChannels;
    } else if (inPlace) {
      // A channel's rows of the band without gaps, as their copies are.
      FloatMemory.copyBlock(
          images,
          inPlaceOffset,
          columns.plane(),
          workspace,
          copy,
          present.shifted().channelFloats(),
          channels,
          pixelsOf(band));
    } else {
      int channelFloats = present.shifted().channelFloats();
      for (int c = 0; c < channels; c++) {
        present
            .shifted()
            .copy(
                images,
                from + (long) c * columns.plane(),
                imageStride,
                firstRow(band),
                rowsOf(band),
                workspace,
                copy + c * channelFloats,
                workspace,
                copy + (int) cut.copyFloats() + gap);
      }
    }
    accumulate(
        pixelsOf(band),
        nativeForm,
        rows,
        rowsOffset,
        channels == cut.channelsAtOnce() ? at.whole() : at.last(),
        firstLane,
        endLane,
        workspace,
        sums,
        transposed);
    if (ofSegment != null) {
      ofSegment.ran(nativeForm, nativeSince);
    }
  }

  /**
   * All tiles of a band by some blocks of lanes.
   *
   * @param nativeForm what runs if the rows are native; null if they are in an array
   */
  private void accumulate(
      int pixels,
      FloatBroadcastTileOfSegment nativeForm,
      Object rows,
      long rowsOffset,
      int[] rowsAt,
      int firstLane,
      int endLane,
      float[] workspace,
      int sums,
      int transposed) {
    int lanesAtOnce = cut.lanesAtOnce(pixels);
    FloatBroadcastTile kernel = cut.tile().kernel();
    long since = cut.tile().clock(kernel);
    for (int first = firstLane; first < endLane; first += lanesAtOnce) {
      int end = Math.min(first + lanesAtOnce, endLane);
      for (int j = 0; j < rowsAt.length; j += kernel.rows()) {
        for (int lane = first; lane < end; lane++) {
          int planes = transposed + lane * width * pixels;
          int to = sums + (lane * cut.sumRows() + j) * width;
          if (nativeForm == null) {
            kernel.accumulate(
                pixels,
                (float[]) rows,
                (int) rowsOffset,
                rowsAt,
                j,
                workspace,
                planes,
                workspace,
                to);
          } else {
            nativeForm.accumulate(
                pixels,
                (MemorySegment) rows,
                rowsOffset,
                rowsAt,
                j,
                workspace,
                planes,
                workspace,
                to);
          }
        }
      }
    }
    if (nativeForm == null) {
      cut.tile().ran(kernel, since);
    }
  }

  /** Adds sums to the gradient or sets it to them. */
  private static void meet(
      float[] sums,
      int sumsOffset,
      Object gradWeight,
      long gradWeightOffset,
      int count,
      boolean adds) {
    if (adds) {
      FloatMemory.add(sums, sumsOffset, gradWeight, gradWeightOffset, count);
    } else {
      FloatMemory.copy(sums, sumsOffset, gradWeight, gradWeightOffset, count);
    }
  }

  /** Brings the sums to a gradient that has the lanes in its rows. */
  private void finishRows(
      int channel,
      int firstLane,
      int endLane,
      float[] workspace,
      int sums,
      Object gradWeight,
      long gradWeightOffset,
      boolean adds) {
    int first = channel * cut.channelsAtOnce();
    int rows = Math.min(cut.channelsAtOnce(), cut.channels() - first);
    for (int i = 0; i < rows; i++) {
      long row = gradWeightOffset + (long) (first + i) * cut.lanes();
      for (int lane = firstLane; lane < endLane; lane++) {
        meet(
            workspace,
            sums + (lane * cut.sumRows() + i) * width,
            gradWeight,
            row + lane * width,
            Math.min(width, cut.lanes() - lane * width),
            adds);
      }
    }
  }

  /** Brings the sums to a gradient that has the lanes in its columns. */
  private void finishColumns(
      int channel,
      int firstLane,
      int endLane,
      float[] workspace,
      int sums,
      int turned,
      Object gradWeight,
      long gradWeightOffset,
      boolean adds) {
    int first = channel * cut.channelsAtOnce();
    int rows = Math.min(cut.channelsAtOnce(), cut.channels() - first) * cut.taps();
    int pitch = cut.turnedPitch();
    // Without the way through a turned copy 3x3 256->256 @14 takes 3 % less (Zen 5).
    boolean straight = !adds && gradWeight instanceof float[] && columns.rows() % CROWDED != 0;
    for (int lane = firstLane; lane < endLane; lane++) {
      int present = Math.min(width, cut.lanes() - lane * width);
      long to = gradWeightOffset + (long) lane * width * columns.rows() + (long) first * cut.taps();
      FloatTranspose.BEST.run(
          workspace,
          sums + lane * cut.sumRows() * width,
          width,
          rows,
          straight ? (float[]) gradWeight : workspace,
          straight ? (int) to : turned,
          straight ? columns.rows() : pitch,
          present);
      for (int i = 0; i < present && !straight; i++) {
        meet(workspace, turned + i * pitch, gradWeight, to + (long) i * columns.rows(), rows, adds);
      }
    }
  }
}
