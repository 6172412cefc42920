// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.io.IOException;
import java.io.InputStream;

/** Grey pictures of one size, each with the digit it shows. */
public final class LabelledImages {
  private static final int CLASSES = 10;
  private static final float WHITE = 255;

  private final IdxArray images;
  private final IdxArray labels;

  private LabelledImages(IdxArray images, IdxArray labels) {
    this.images = images;
    this.labels = labels;
  }

  /** Number of pictures. */
  public int count() {
    return images.size(0);
  }

  /** Rows of each picture. */
  public int height() {
    return images.size(1);
  }

  /** Columns of each picture. */
  public int width() {
    return images.size(2);
  }

  /** Pixels of each picture. */
  public int pixels() {
    return height() * width();
  }

  /** The digit that a picture shows, from 0 to 9. */
  public int label(int index) {
    return labels.values()[index];
  }

  /**
   * Copies one picture's pixels, black as 0 and white as 1, to {@code target} from {@code offset}
   * on.
   */
  public void copyPixels(int index, float[] target, int offset) {
    byte[] values = images.values();
    int first = index * pixels();
    for (int i = 0; i < pixels(); i++) {
      target[offset + i] = (values[first + i] & 0xff) / WHITE;
    }
  }

  static LabelledImages read(
      InputStream imageFile, String imageName, InputStream labelFile, String labelName)
      throws IOException {
    IdxArray images = IdxArray.read(imageFile, imageName, 3);
    IdxArray labels = IdxArray.read(labelFile, labelName, 1);
    if (labels.size(0) != images.size(0)) {
      throw new DataFileException(
          labelName,
          labels.size(0) + " labels for the " + images.size(0) + " images of " + imageName);
    }
    for (int i = 0; i < labels.size(0); i++) {
      int label = labels.values()[i] & 0xff;
      if (label >= CLASSES) {
        throw new DataFileException(
            labelName, "label " + label + " at index " + i + " is no digit");
      }
    }
    return new LabelledImages(images, labels);
  }
}
