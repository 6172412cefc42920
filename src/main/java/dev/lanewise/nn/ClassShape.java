// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * Where the classes are in a tensor of scores: along the axis after the batch's, or along the only
 * axis of a single vector. An element's index is (n·classes + class)·inner + i.
 *
 * @param batch N; 1 without a batch axis
 * @param classes how many there are
 * @param inner elements of the axes behind, 1 if there are none
 */
record ClassShape(int batch, int classes, int inner) {

  /** Takes a tensor's shape apart; {@code operator} is who asks, for the message. */
  static ClassShape of(String operator, int[] shape) {
    if (shape.length == 0) {
      throw new IllegalArgumentException(
          operator + " needs an axis of classes, but got input of size: []");
    }
    if (shape.length == 1) {
      return new ClassShape(1, shape[0], 1);
    }
    int inner = 1;
    for (int axis = 2; axis < shape.length; axis++) {
      inner *= shape[axis];
    }
    return new ClassShape(shape[0], shape[1], inner);
  }

  /** How many vectors of scores there are, each with a label of its own. */
  int vectors() {
    return batch * inner;
  }

  /** Where the scores of a vector start; they are {@link #inner} apart. */
  int start(int vector) {
    return vector / inner * classes * inner + vector % inner;
  }

  void requireLabels(int[] labels) {
    if (labels.length != vectors()) {
      throw new IllegalArgumentException(
          "Expected input batch_size (%d) to match target batch_size (%d)."
              .formatted(vectors(), labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "Target %d is out of bounds: labels[%d] with %d classes"
                .formatted(labels[i], i, classes));
      }
    }
  }
}
