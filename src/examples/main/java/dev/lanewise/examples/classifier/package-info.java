// SPDX-License-Identifier: Apache-2.0
/** The classifier of seed 002: a network that learns to read digits. */
package dev.lanewise.examples.classifier;
